import { type Html, html } from '@anancus/core/kernel/text/html'
import type { OpenApiDocument } from '../document.ts'
import { operationsOf } from '../operations.ts'
import type { Schema } from '../schema.ts'
import { breakable } from './index.ts'
import { rowsOfObject, schemaTable, typeOf } from './schema-table.ts'

/** An entity: its fields, and what answers with it. */
export function entityPage(document: OpenApiDocument, name: string, schema: Schema): Html {
  const rows = rowsOfObject(schema)
  const mention = `"#/components/schemas/${name}"`
  const answering = operationsOf(document).filter((operation) =>
    JSON.stringify(operation.schema).includes(mention),
  )
  const holding = Object.entries(document.components.schemas ?? {}).filter(
    ([other, child]) => other !== name && JSON.stringify(child).includes(mention),
  )
  return html`<div class="api">
<p><a href="/api/docs#entities">API</a></p>
<h1>${name}</h1>
${typeof schema.description === 'string' && html`<p>${schema.description}</p>`}
<section class="card" aria-label="Fields">${rows.length > 0 ? schemaTable('Fields', rows) : html`<p>${typeOf(schema)}</p>`}</section>
${
  answering.length > 0 &&
  html`<section class="card"><h2>Where it is answered</h2><ul class="api-list">${answering.map(
    ({ id, method, path }) =>
      html`<li><a href="/api/docs?operation=${id}"><span class="api-method ${method}">${method.toUpperCase()}</span> <code>${breakable(path)}</code></a></li>`,
  )}</ul></section>`
}
${
  holding.length > 0 &&
  html`<section class="card"><h2>What holds it</h2><p class="api-tags">${holding.map(
    ([other]) => html`<a href="/api/docs?entity=${other}">${other}</a> `,
  )}</p></section>`
}
</div>`
}

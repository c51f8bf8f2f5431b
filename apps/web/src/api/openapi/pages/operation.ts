import { type Html, html } from '@anancus/core/kernel/text/html'
import type { OpenApiDocument } from '../document.ts'
import type { Operation } from '../operations.ts'
import type { Schema } from '../schema.ts'
import { breakable } from './index.ts'
import { type Row, rowsOfObject, schemaTable, typeOf } from './schema-table.ts'

/** An operation: who may call it, what to send, what comes back. */
export function operationPage(document: OpenApiDocument, operation: Operation): Html {
  const { method, path, summary, schema } = operation
  const parameters = (schema.parameters ?? []) as Schema[]
  const body = schema.requestBody as { content: Record<string, { schema: Schema }> } | undefined
  const fields = body?.content['multipart/form-data']?.schema
  return html`<div class="api">
<p><a href="/api/docs#${operation.tag.replace(/\W+/g, '-')}">API</a></p>
<h1><span class="api-method ${method}">${method.toUpperCase()}</span> <code>${breakable(path)}</code></h1>
<p>${summary}${operation.isDeprecated && html` <em>Deprecated.</em>`}</p>
<section class="card"><h2>Who may call it</h2>${whoMay(schema)}</section>
${parameters.length > 0 && html`<section class="card"><h2>Path and query</h2>${schemaTable('Parameters', parameters.map(rowOf))}</section>`}
${fields && html`<section class="card"><h2>Body</h2><p class="muted">JSON, a form or a multipart form.</p>${schemaTable('Body', fieldRows(fields))}</section>`}
<section class="card"><h2>Answers</h2>${answersTable(document, schema.responses as Record<string, Schema>)}</section>
</div>`
}

function rowOf(parameter: Schema): Row {
  const schema = parameter.schema as Schema
  return {
    name: String(parameter.name),
    schema: { ...schema, description: parameter.description },
    note: parameter.in === 'path' ? 'in the path' : parameter.required === true ? 'needed' : undefined,
  }
}

/** The fields of a body: nothing of it has to be sent but what is needed. */
function fieldRows(body: Schema): Row[] {
  const needed = (body.required ?? []) as string[]
  return rowsOfObject(body).map((row) => ({ ...row, note: needed.includes(row.name) ? 'needed' : undefined }))
}

const WHO: Record<string, string> = {
  user: 'A token of a user',
  application: 'A token of an application',
  session: 'A signed-in browser',
}

function whoMay(operation: Schema): Html {
  const security = (operation.security ?? []) as Record<string, string[]>[]
  if (security.length === 0) return html`<p>Anyone; a token is not looked at.</p>`
  const isOptional = security.some((one) => Object.keys(one).length === 0)
  const schemes = [...new Set(security.flatMap((one) => Object.keys(one)))]
  const permissions = (operation['x-permissions'] ?? []) as string[]
  return html`<ul>${isOptional && html`<li>${permissions.length > 0 ? 'A browser in which such a user is signed in.' : 'Anyone.'}</li>`}${schemes.map(
    (scheme) => html`<li>${WHO[scheme] ?? scheme}${scopesOf(scheme, security)}</li>`,
  )}</ul>${permissions.length > 0 && html`<p>The user’s role must grant ${permissions.map((name, index) => html`${index > 0 && ' or '}<code>${name}</code>`)}.</p>`}`
}

function scopesOf(scheme: string, security: readonly Record<string, string[]>[]): Html | false {
  const scopes = security.flatMap((one) => one[scheme] ?? [])
  return (
    scopes.length > 0 &&
    html` with ${scopes.map((scope, index) => html`${index > 0 && ' or '}<code>${scope}</code>`)}`
  )
}

function answersTable(document: OpenApiDocument, responses: Record<string, Schema>): Html {
  const rows = Object.entries(responses).map(([status, response]) => {
    const { description, content, headers } = resolved(document, response)
    const schema = Object.values((content ?? {}) as Record<string, { schema: Schema }>)[0]?.schema
    const names = Object.keys((headers ?? {}) as object)
    return html`<tr><th scope="row">${status}</th><td>${schema ? typeOf(schema) : 'no body'}</td>
<td class="muted">${String(description)}${names.length > 0 && html`<br><small>Headers: ${names.join(', ')}</small>`}</td></tr>`
  })
  return html`<div class="scroll"><table class="list api-table"><caption class="visually-hidden">Answers</caption>
<thead><tr><th scope="col">Status</th><th scope="col">Body</th><th scope="col">When</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

function resolved(document: OpenApiDocument, response: Schema): Schema {
  const name = typeof response.$ref === 'string' ? response.$ref.split('/').at(-1) : undefined
  return name === undefined ? response : (document.components.responses?.[name] ?? response)
}

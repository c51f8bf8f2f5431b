import { type Html, html } from '@anancus/core/kernel/text/html'
import type { OpenApiDocument } from '../document.ts'
import { type Operation, operationsOf } from '../operations.ts'

/** Every operation by what it is about; only those that hold every word of `query`. */
export function indexPage(document: OpenApiDocument, query: string): Html {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  // A PUT can be sent as PATCH too; the list says so once.
  const shown = operationsOf(document).filter(
    (operation) =>
      !isSecondName(document, operation) && words.every((word) => textOf(operation).includes(word)),
  )
  const tags = [...new Set(shown.map(({ tag }) => tag))].sort()
  return html`<div class="api">
<h1>API</h1>
<p class="muted">What apps can ask of this server. Machines read it at <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1);
Mastodon’s own words are at <a href="https://docs.joinmastodon.org/">docs.joinmastodon.org</a>.</p>
<form class="api-search" action="/api/docs" method="get" role="search">
<label class="visually-hidden" for="q">Search the API</label>
<input type="search" id="q" name="q" value="${query}" placeholder="Path or words, as in “statuses reblog”">
<button class="button" type="submit">Search</button>
</form>
<p class="muted" role="status">${countOf(shown.length)}${query && html` for “${query}”. <a href="/api/docs">Show all</a>`}</p>
${words.length === 0 && contents(tags)}
${tags.map((tag) =>
  group(
    tag,
    shown.filter((operation) => operation.tag === tag),
  ),
)}
${words.length === 0 && entityList(document)}
</div>`
}

const countOf = (count: number) =>
  count === 0 ? 'Nothing found' : count === 1 ? '1 operation' : `${count} operations`

const textOf = ({ method, path, summary, tag }: Operation) =>
  `${method} ${path} ${summary} ${tag}`.toLowerCase()

function isSecondName(document: OpenApiDocument, { method, path }: Operation): boolean {
  return method === 'patch' && document.paths[path]?.put !== undefined
}

const anchor = (tag: string) => tag.replace(/\W+/g, '-')

function contents(tags: readonly string[]): Html {
  return html`<nav class="api-tags" aria-label="Contents">${tags.map((tag) => html`<a href="#${anchor(tag)}">${tag.replaceAll('_', ' ')}</a> `)}<a href="#entities">entities</a></nav>`
}

function group(tag: string, operations: readonly Operation[]): Html {
  return html`<section class="card" aria-labelledby="${anchor(tag)}">
<h2 id="${anchor(tag)}">${tag.replaceAll('_', ' ')}</h2>
<ul class="api-list">${operations.map(line)}</ul>
</section>`
}

function line({ method, path, id, summary, isDeprecated }: Operation): Html {
  return html`<li><a href="/api/docs?operation=${id}"><span class="api-method ${method}">${method.toUpperCase()}</span>
<code>${breakable(path)}</code></a><span class="muted">${summary}${isDeprecated && html` <em>Deprecated.</em>`}</span></li>`
}

/** A path that may be broken at its slashes. */
export function breakable(path: string): Html {
  return html`${path.split('/').map((part, index) => html`${index > 0 && html`<wbr>/`}${part}`)}`
}

function entityList(document: OpenApiDocument): Html {
  const names = Object.keys(document.components.schemas ?? {}).sort()
  return html`<section class="card" aria-labelledby="entities">
<h2 id="entities">entities</h2>
<p class="api-tags">${names.map((name) => html`<a href="/api/docs?entity=${name}">${name}</a> `)}</p>
</section>`
}

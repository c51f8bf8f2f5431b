import type { Window } from '@anancus/db'
import type { Request } from 'express'
import type { ParamHash, ParamValue } from './param-tree.ts'
import { ok, type Reply } from './reply.ts'
import type { Call } from './route.ts'

export interface PageOptions {
  window: Pick<Window, 'limit'>
  /** The cursor of the first and of the last row: often ids of a relation, not of what is shown. Null: empty page. */
  cursors: { first: string; last: string } | null
  /** Parameters besides `limit` that live on in the links. */
  keep?: readonly string[]
  /** `full-page`: `next` only when the page is full. `non-empty`: always (timelines, notifications). */
  mode: 'full-page' | 'non-empty'
  prev: 'min_id' | 'since_id'
  /** Rows read, where fewer are shown. */
  count?: number
}

/**
 * 200 with a page and its `Link` header: full addresses, `next` to older and `prev` to newer rows; none on an empty page.
 *
 * @see https://docs.joinmastodon.org/api/guidelines/#pagination
 */
export function pageReply(
  call: Pick<Call<unknown>, 'ctx' | 'req'>,
  items: readonly unknown[],
  options: PageOptions,
): Reply {
  const { cursors } = options
  if (!cursors) return ok(items)
  const isFull = (options.count ?? items.length) >= options.window.limit
  const links: string[] = []
  const link = (rel: string, name: string, value: string) =>
    links.push(`<${pageUrl(call, options.keep ?? [], { [name]: value })}>; rel="${rel}"`)
  if (options.mode === 'non-empty' || isFull) link('next', 'max_id', cursors.last)
  link('prev', options.prev, cursors.first)
  return ok(items, { Link: links.join(', ') })
}

/** As `pageReply` for lists paged by `offset`; `prev` is there when the page is not the first. */
export function offsetReply(
  call: Pick<Call<unknown>, 'ctx' | 'req'>,
  items: readonly unknown[],
  options: {
    limit: number
    offset: number
    keep?: readonly string[]
    prevWhen: 'beyond-limit' | 'any'
    /** The member of the answer that holds the list; without it the list is the answer. */
    root?: string
  },
): Reply {
  const { limit, offset } = options
  const links: string[] = []
  const link = (rel: string, value: number) =>
    links.push(`<${pageUrl(call, options.keep ?? [], { offset: String(value) })}>; rel="${rel}"`)
  if (items.length === limit && limit > 0) link('next', offset + limit)
  if (offset > (options.prevWhen === 'any' ? 0 : limit)) link('prev', Math.max(0, offset - limit))
  const body = options.root === undefined ? items : { [options.root]: items }
  return ok(body, links.length > 0 ? { Link: links.join(', ') } : undefined)
}

/** The cursors of rows that are their own cursor. */
export function cursorsOf<Row>(rows: readonly Row[], cursor: (row: Row) => string): PageOptions['cursors'] {
  const first = rows[0]
  const last = rows.at(-1)
  return first === undefined || last === undefined ? null : { first: cursor(first), last: cursor(last) }
}

const trees = new WeakMap<Request, ParamHash>()

/** Remembers what the request sent, so that links repeat it as it was. */
export function rememberTree(req: Request, tree: ParamHash): void {
  trees.set(req, tree)
}

export function treeOf(req: Request): ParamHash {
  return trees.get(req) ?? {}
}

function pageUrl(
  call: Pick<Call<unknown>, 'ctx' | 'req'>,
  keep: readonly string[],
  cursor: Record<string, string>,
): string {
  const tree = treeOf(call.req)
  const pairs = ['limit', ...keep].flatMap((name) =>
    tree[name] === undefined ? [] : pairsOf(name, tree[name]),
  )
  pairs.push(...Object.entries(cursor))
  // Sorted, as Rails' URL helpers do.
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const path = call.req.originalUrl.replace(/\?.*$/s, '')
  return `${call.ctx.config.baseUrl}${path}?${new URLSearchParams(pairs)}`
}

function pairsOf(name: string, value: ParamValue): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => pairsOf(`${name}[]`, item))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => pairsOf(`${name}[${key}]`, item))
  return value === undefined || value === null ? [] : [[name, String(value)]]
}

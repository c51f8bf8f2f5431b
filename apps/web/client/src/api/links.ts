import type { Cursor } from '../state/feeds/reducer.ts'

/** The query of one link of a Link header, or null when it has no such link. */
export function linkQuery(header: string | null, rel: 'next' | 'prev'): Cursor | null {
  for (const part of header?.split(/,(?=\s*<)/) ?? []) {
    const found = /<([^>]*)>(.*)/.exec(part)
    if (found?.[1] && new RegExp(`rel="?${rel}"?`).test(found[2] ?? '')) return queryOf(found[1])
  }
  return null
}

function queryOf(url: string): Cursor | null {
  const at = url.indexOf('?')
  return at < 0 ? null : Object.fromEntries(new URLSearchParams(url.slice(at)))
}

import type { StatusRow } from '@anancus/db'
import { mentionAddresses } from '@anancus/db/queries/preview-cards'
import type { Ctx } from '../../kernel/context.ts'
import { scanEntities } from '../../kernel/text/scan.ts'
import { walkHtml } from '../../kernel/text/html-tokens.ts'
import { MAX_URL_CHARACTERS } from './limits.ts'

/**
 * The link of a status that is previewed: the first that leads to a page of somebody else's, and is neither a mention
 * nor a hashtag. No statement for a status without links, nor for ours; one for another server's.
 */
export async function statusLink(ctx: Ctx, status: StatusRow): Promise<string | null> {
  if (!/https?:\/\//i.test(status.text)) return null
  const links = status.local ? linksInText(status.text) : linksInHtml(status.text)
  const own = (url: URL) => ctx.config.ownHosts.has(url.host)
  const candidates = links.flatMap((link) => pageAddress(link) ?? []).filter((url) => !own(url))
  if (candidates.length === 0) return null
  if (status.local) return candidates[0]?.href ?? null
  const people = await namedIn(ctx, status)
  return candidates.find((url) => !people.has(url.href))?.href ?? null
}

function linksInText(text: string): string[] {
  return scanEntities(text).flatMap((entity) => (entity.kind === 'url' ? [entity.url] : []))
}

/** What microformats say is a person or a hashtag is left out. */
function linksInHtml(html: string): string[] {
  const links: string[] = []
  walkHtml(html, {
    open(name, attributes) {
      const href = attributes.get('href')
      if (name !== 'a' || href === undefined) return
      const rel = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
      if (!rel.includes('tag') && !/u-url|h-card/.test(attributes.get('class') ?? '')) links.push(href)
    },
    close() {},
    text() {},
  })
  return links
}

/** An http(s) address of a host, written as everybody writes it; a page is the same whatever part of it is pointed at. */
function pageAddress(link: string): URL | null {
  const url = URL.parse(link)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_URL_CHARACTERS) return null
  return url
}

async function namedIn(ctx: Ctx, status: StatusRow): Promise<Set<string>> {
  const named = await mentionAddresses(ctx.db, status.id)
  return new Set(
    named.flatMap(({ uri, url }) => [uri, url].flatMap((each) => URL.parse(each ?? '')?.href ?? [])),
  )
}

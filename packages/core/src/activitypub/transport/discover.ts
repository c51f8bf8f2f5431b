import { Parser } from 'htmlparser2'
import type { Ctx } from '../../kernel/context.ts'
import { httpUri } from '../parse/values.ts'
import { AS } from '../vocabulary.ts'
import { isActivityPubType } from './content-type.ts'
import { type FetchOptions, type FetchOutcome, fetchDocument, fetchSigned } from './fetch.ts'
import { parseDocument } from './json.ts'

const ACCEPT = `application/ld+json; profile="${AS}", application/activity+json, text/html;q=0.1`
/** `<url>; …; rel="alternate"; …` of a Link header; quoted values may hold anything but quotes. */
const LINK = /<([^<>]*)>((?:\s*;\s*[a-z]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/gi

/**
 * Fetches the document behind any address people paste: itself one, or a page that links to it by `rel=alternate`.
 * One link is followed; the answer must be ActivityPub.
 *
 * @returns `gone` for 404 and 410; null for a page that links to nothing
 * @throws RemoteServerError as `fetchDocument`
 */
export async function discoverDocument(
  ctx: Ctx,
  url: string,
  options: FetchOptions = {},
): Promise<FetchOutcome | null> {
  const response = await fetchSigned(ctx, url, ACCEPT, options)
  if (response === 'gone') return 'gone'
  const type = response.headers['content-type'] ?? ''
  if (isActivityPubType(type)) {
    const document = parseDocument(response.body)
    return document === null ? null : { document, url: response.url }
  }
  const isPage = /^(text\/html|application\/xhtml\+xml)\b/i.test(type)
  const link =
    alternateInHeader(response.headers.link ?? '') ??
    (isPage ? alternateInPage(response.body.toString('utf8')) : null)
  const target = link === null ? null : URL.parse(link, response.url.href)
  return target && httpUri(target.href) !== null ? fetchDocument(ctx, target.href, options) : null
}

function alternateInHeader(header: string): string | null {
  for (const [, url = '', parameters = ''] of header.slice(0, 8192).matchAll(LINK)) {
    const given = (name: string) =>
      new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;,"]+))`, 'i').exec(parameters)
    const rel = given('rel')
    const type = given('type')
    const isAlternate = (rel?.[1] ?? rel?.[2] ?? '').split(/\s+/).includes('alternate')
    if (isAlternate && isActivityPubType(type?.[1] ?? type?.[2])) return url
  }
  return null
}

function alternateInPage(html: string): string | null {
  let found: string | null = null
  const parser = new Parser({
    onopentag(name, { rel = '', type, href }) {
      if (name !== 'link' || found !== null || href === undefined) return
      if (rel.toLowerCase().split(/\s+/).includes('alternate') && isActivityPubType(type)) found = href
    },
  })
  parser.end(html)
  return found
}

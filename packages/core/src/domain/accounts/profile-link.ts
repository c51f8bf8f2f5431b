import { Parser } from 'htmlparser2'
import type { AccountRow } from '@anancus/db'
import { soleLink } from '../../kernel/text/sole-link.ts'
import { isLocal } from '../../kernel/uris.ts'

/** What stands inside these is not part of the page. */
const INERT = new Set(['template', 'noscript', 'iframe', 'noembed', 'noframes', 'xmp', 'plaintext'])
const LINKS = new Set(['a', 'link'])

/**
 * The page that a profile field names and that may prove the account its owner's: an https address and nothing else. In
 * the HTML of others it must be one link that is called what it leads to, so that nobody is shown another address.
 *
 * @returns null when there is nothing to look at
 */
export function linkToVerify(account: Pick<AccountRow, 'domain'>, value: string): string | null {
  const text = isLocal(account) ? value : soleLink(value)
  const url = text === null ? null : URL.parse(text)
  if (text === null || url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  // A host that reads otherwise than it is written may be meant to be taken for another.
  return text.split('/')[2] === url.host ? text : null
}

/**
 * Where a page links by `rel=me`, in its order. Only elements of the page itself count, not what comments, attributes,
 * scripts or templates hold.
 */
export function meLinksIn(html: string): string[] {
  const found: string[] = []
  let inert = 0
  const parser = new Parser({
    onopentag(name, { rel = '', href }) {
      if (INERT.has(name)) inert += 1
      const isMe = LINKS.has(name) && rel.toLowerCase().split(/\s+/).includes('me')
      if (inert === 0 && isMe && href !== undefined) found.push(href.trim())
    },
    onclosetag(name) {
      if (INERT.has(name)) inert -= 1
    },
  })
  parser.end(html)
  return found
}

import type { Uris } from '../../kernel/uris.ts'
import { html } from '../../kernel/text/html.ts'
import type { OEmbed, Status } from '../types/index.ts'

const CACHE_SECONDS = 86_400

const FRAME =
  'max-width:540px;min-width:270px;margin:0;padding:0;overflow:hidden;' +
  'border:1px solid #e6dfd1;border-radius:12px;background:#fffdf9'
const LINK =
  'display:flex;flex-direction:column;gap:4px;align-items:center;padding:24px;color:#1f2624;' +
  'font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-decoration:none'
const SOFT = 'color:#5b625d'
const STRONG = 'font-weight:600'

/**
 * A local status for other sites: a link that a script turns into the post itself. Its class is the one that scripts and
 * sites look for.
 *
 * @param size wanted by the other site, in pixels
 * @see https://oembed.com/#section2.3
 */
export function oembedJson(
  uris: Uris,
  status: Status,
  size: { width: number; height: number | null },
): OEmbed {
  const { account } = status
  const page = `${uris.baseUrl}/@${account.username}/${status.id}`
  const markup = html`<blockquote class="mastodon-embed" data-embed-url="${page}/embed" style="${FRAME}"><a href="${page}" target="_blank" style="${LINK}"><span style="${SOFT}">Post by @${account.username}@${uris.localDomain}</span><span style="${STRONG}">View on ${uris.localDomain}</span></a></blockquote><script data-allowed-prefixes="${uris.baseUrl}/" async src="${uris.baseUrl}/embed.js"></script>`
  return {
    type: 'rich',
    version: '1.0',
    author_name: account.display_name || account.username,
    author_url: `${uris.baseUrl}/@${account.username}`,
    provider_name: uris.localDomain,
    provider_url: `${uris.baseUrl}/`,
    cache_age: CACHE_SECONDS,
    html: markup.markup,
    width: size.width,
    height: size.height,
  }
}

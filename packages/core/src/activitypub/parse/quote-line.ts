/** The last lines of a text, in which `RE: <address>` can stand. */
const MAX_TAIL = 5000
const TAIL =
  /^RE:\s*(?<close><\/span>)?\s*(?<link><a\s[^<>]*>[^<>]*(?:<(?:span|bdi)[^<>]*>[^<>]*<\/(?:span|bdi)>[^<>]*)*<\/a>)(?<end>(?:<\/span>)?\s*(?:<\/p>)?\s*)$/i
const BREAKS = /(?:<br ?\/?>|\s){1,20}$/i
const HREF = /\shref="([^"]*)"/i

/**
 * Marks the line `RE: <address>` at the end of a text by the class that clients hide where they show the quoted status
 * itself. Misskey and those who follow it write one for servers without quotes; many do not mark it. Only a line that
 * links to exactly the quoted status is marked.
 *
 * @param quotedUri what the status says it quotes; null leaves the text alone
 */
export function markQuoteLine(html: string, quotedUri: string | null): string {
  const at = quotedUri === null ? -1 : html.lastIndexOf('RE:')
  if (at === -1 || html.length - at > MAX_TAIL) return html
  const groups = TAIL.exec(html.slice(at))?.groups
  const { close = '', link = '', end = '' } = groups ?? {}
  if (!groups || HREF.exec(link)?.[1]?.replaceAll('&amp;', '&') !== quotedUri) return html
  const before = html.slice(0, at)
  const breaks = BREAKS.exec(before)?.[0] ?? ''
  const words = before.slice(0, before.length - breaks.length)
  if (/ class="quote-inline">$/.test(words)) return html
  if (words.endsWith('<p>'))
    return `${words.slice(0, -1)} class="quote-inline">${breaks}RE: ${close}${link}${end}`
  return `${words}${close}<span class="quote-inline">${breaks}RE: ${link}</span>${end}`
}

import type { Ctx } from '../../kernel/context.ts'
import { userAgent } from '../../kernel/user-agent.ts'
import { pageText } from './charset.ts'
import { MAX_PAGE_BYTES, MAX_URL_CHARACTERS, PAGE_DEADLINE_MS } from './limits.ts'

export interface Page {
  /** Where it was found at last, behind all redirects. */
  url: string
  html: string
}

/**
 * Reads the beginning of a page: at most 1 MB, within 15 seconds and three redirects, from public addresses alone.
 *
 * @returns null for what is no HTML page
 * @throws RemoteServerError its server does not answer, or leads where we do not follow
 */
export async function readPage(ctx: Ctx, url: string): Promise<Page | null> {
  const response = await ctx.http.request({
    method: 'GET',
    url,
    headers: {
      accept: 'text/html',
      'accept-language': `${ctx.config.env.DEFAULT_LOCALE}, *;q=0.5`,
      'user-agent': `${userAgent(ctx.config)} Bot`,
    },
    maxBytes: MAX_PAGE_BYTES,
    isCut: true,
    deadlineMs: PAGE_DEADLINE_MS,
  })
  const type = response.headers['content-type'] ?? ''
  if (response.status !== 200 || !/^\s*text\/html\s*(;|$)/i.test(type)) return null
  if (response.url.href.length > MAX_URL_CHARACTERS) return null
  return { url: response.url.href, html: pageText(response.body, type) }
}

import { embedHtml } from '../../entities/index.ts'
import type { OEmbed } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { MAX_HTML_CHARACTERS, MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS } from './limits.ts'
import { type Answer, ask, endpointOf } from './oembed.ts'
import { pageFacts } from './page-facts.ts'
import { type Page, readPage } from './read-page.ts'
import { plainValue, sideOf, webAddress } from './values.ts'

const DAY_SECONDS = 86_400

/**
 * What the server of a page offers for showing it elsewhere; its HTML is reduced to a player or a frame in a sandbox.
 * Two requests to strangers.
 *
 * @returns null when it offers nothing, or does not answer
 * @see https://oembed.com
 */
export async function fetchEmbed(ctx: Ctx, url: string): Promise<OEmbed | null> {
  const page = await pageOrNothing(ctx, url)
  const endpoint = page && endpointOf(pageFacts(page.html), page.url)
  const answer = endpoint && (await ask(ctx, endpoint.url, endpoint.kind))
  return endpoint && answer ? embedFrom(answer, endpoint.url) : null
}

async function pageOrNothing(ctx: Ctx, url: string): Promise<Page | null> {
  try {
    return await readPage(ctx, url)
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error }, 'a page to embed is not to be had')
    return null // told as not found: there is nothing to embed
  }
}

function embedFrom(answer: Answer, endpoint: string): OEmbed | null {
  if (typeof answer.html !== 'string') return null
  const title = plainValue(answer.title, MAX_TITLE_CHARACTERS)
  return {
    type: answer.type === 'video' ? 'video' : 'rich',
    version: '1.0',
    ...(title === '' ? {} : { title }),
    author_name: plainValue(answer.author_name, MAX_NAME_CHARACTERS),
    author_url: webAddress(answer.author_url, endpoint) ?? '',
    provider_name: plainValue(answer.provider_name, MAX_NAME_CHARACTERS),
    provider_url: webAddress(answer.provider_url, endpoint) ?? '',
    cache_age: DAY_SECONDS,
    html: embedHtml(answer.html.slice(0, MAX_HTML_CHARACTERS)),
    width: sideOf(answer.width),
    height: sideOf(answer.height) || null,
  }
}

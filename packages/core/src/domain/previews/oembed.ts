import { embedHtml } from '../../entities/index.ts'
import { isDocument } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { walkHtml } from '../../kernel/text/html-tokens.ts'
import { CARD_TYPES, type CardDraft, emptyDraft } from './card-draft.ts'
import {
  MAX_HTML_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_OEMBED_BYTES,
  MAX_TITLE_CHARACTERS,
  PAGE_DEADLINE_MS,
} from './limits.ts'
import type { PageFacts } from './page-facts.ts'
import { plainValue, sideOf, webAddress } from './values.ts'

export type Answer = Record<string, unknown>

/**
 * Asks the provider that a page names for what to show of it. A page that came over https takes none but https. The
 * address of the provider is not remembered for its host: a page would then speak for its neighbours.
 *
 * @returns null when there is no provider, it does not answer, or offers what runs scripts
 * @see https://oembed.com
 */
export async function askProvider(ctx: Ctx, facts: PageFacts, pageUrl: string): Promise<CardDraft | null> {
  const endpoint = endpointOf(facts, pageUrl)
  const answer = endpoint && (await ask(ctx, endpoint.url, endpoint.kind))
  return endpoint && answer ? draftFrom(answer, endpoint.url, pageUrl) : null
}

/** @returns the address and in which form it answers */
export function endpointOf(facts: PageFacts, pageUrl: string): { url: string; kind: 'json' | 'xml' } | null {
  const kind = facts.oembed.json ? 'json' : 'xml'
  const address = webAddress(facts.oembed[kind], pageUrl)
  if (address === null) return null
  const url = new URL(address)
  if (new URL(pageUrl).protocol === 'https:') url.protocol = 'https:'
  return { url: url.href, kind }
}

/** What a provider answers; null when it does not, or says nonsense. */
export async function ask(ctx: Ctx, url: string, kind: 'json' | 'xml'): Promise<Answer | null> {
  try {
    const response = await ctx.http.request({
      method: 'GET',
      url,
      headers: { accept: kind === 'json' ? 'application/json' : 'text/xml' },
      maxBytes: MAX_OEMBED_BYTES,
      deadlineMs: PAGE_DEADLINE_MS,
    })
    if (response.status !== 200) return null
    const text = response.body.toString()
    return kind === 'json' ? readJson(text) : readXml(text)
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error }, 'an oEmbed provider is not to be had')
    return null // the page itself may still say enough
  }
}

function readJson(text: string): Answer | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return isDocument(parsed) ? (parsed as Answer) : null
  } catch {
    return null // a stranger's nonsense is as good as no answer
  }
}

/** `<oembed>` and one element for each member: a text, as it stands there. */
export function readXml(text: string): Answer {
  const answer: Answer = {}
  let open: string | null = null
  let value = ''
  walkHtml(text, {
    open(name) {
      if (name !== 'oembed') open = name
      value = ''
    },
    close(name) {
      if (name === open) answer[name] ??= value.trim()
      open = null
    },
    text(piece) {
      if (open !== null && value.length < MAX_HTML_CHARACTERS) value += piece
    },
  })
  return answer
}

function draftFrom(answer: Answer, endpoint: string, pageUrl: string): CardDraft | null {
  if (String(answer.version) !== '1.0' && answer.version !== 1) return null
  const draft: CardDraft = {
    ...emptyDraft(pageUrl),
    title: plainValue(answer.title, MAX_TITLE_CHARACTERS),
    author_name: plainValue(answer.author_name, MAX_NAME_CHARACTERS),
    author_url: webAddress(answer.author_url, endpoint) ?? '',
    provider_name: plainValue(answer.provider_name, MAX_NAME_CHARACTERS),
    provider_url: webAddress(answer.provider_url, endpoint) ?? '',
    imageUrl: webAddress(answer.thumbnail_url, endpoint),
  }
  const sides = { width: sideOf(answer.width), height: sideOf(answer.height) }
  if (answer.type === 'link') return draft.title === '' ? null : draft
  if (answer.type === 'photo') return photo(draft, sides, webAddress(answer.url, endpoint))
  if (answer.type !== 'video') return null // "rich" is scripts, nearly always
  const markup = typeof answer.html === 'string' ? answer.html.slice(0, MAX_HTML_CHARACTERS) : ''
  const html = embedHtml(markup)
  return html === '' ? null : { ...draft, ...sides, type: CARD_TYPES.video, html }
}

function photo(
  draft: CardDraft,
  sides: { width: number; height: number },
  url: string | null,
): CardDraft | null {
  if (url === null) return null
  return { ...draft, ...sides, type: CARD_TYPES.photo, embed_url: url, imageUrl: url }
}

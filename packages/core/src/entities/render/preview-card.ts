import type { PreviewCardRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import { cardKey } from '../../kernel/storage/keys.ts'
import type { PreviewCard } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'
import { embedHtml } from './embed-html.ts'

const CARD_TYPES = ['link', 'photo', 'video', 'rich'] as const

/** @see https://docs.joinmastodon.org/entities/PreviewCard/ */
export function previewCardJson(graph: Graph, card: PreviewCardRow): PreviewCard {
  const imageKey = cardKey(card)
  return {
    url: card.url,
    title: card.title,
    description: card.description,
    language: card.language,
    type: CARD_TYPES[card.type] ?? 'link',
    author_name: card.author_name,
    author_url: card.author_url,
    provider_name: card.provider_name,
    provider_url: card.provider_url,
    html: embedHtml(card.html),
    width: card.width,
    height: card.height,
    image: imageKey === null ? null : graph.fileUrl(imageKey),
    image_description: card.image_description,
    embed_url: card.embed_url,
    blurhash: card.blurhash,
    published_at: toIso(card.published_at),
    authors: cardAuthors(graph, card),
    ...attributionPart(graph, card),
  }
}

/** At most one: the account that the page names as its author, or the name alone. */
function cardAuthors(graph: Graph, card: PreviewCardRow): PreviewCard['authors'] {
  const accountId = card.author_account_id
  if (accountId !== null && graph.accounts.get(accountId))
    return [{ name: card.author_name, url: card.author_url, account: accountJson(graph, accountId) }]
  if (card.author_name === '' && card.author_url === '') return []
  return [{ name: card.author_name, url: card.author_url, account: null }]
}

/** Tells the author of a page that she is named there, but has not allowed its site to do so. */
function attributionPart(graph: Graph, card: PreviewCardRow): Pick<PreviewCard, 'missing_attribution'> {
  if (!graph.viewer) return {}
  return { missing_attribution: card.unverified_author_account_id === graph.viewer.account.id }
}

import type { CardContent } from '@anancus/db/queries/preview-cards'

/** What a page says of itself, before it is written down: its picture still elsewhere, its author a mere handle. */
export interface CardDraft extends Omit<CardContent, 'author_account_id' | 'unverified_author_account_id'> {
  /** Where its picture is. */
  imageUrl: string | null
  /** `fediverse:creator`, as it stands there. */
  creator: string | null
}

/** As Mastodon numbers them. */
export const CARD_TYPES = { link: 0, photo: 1, video: 2 } as const
export const LINK_TYPES = { unknown: 0, article: 1 } as const

export function emptyDraft(url: string): CardDraft {
  return {
    url,
    title: '',
    description: '',
    type: CARD_TYPES.link,
    link_type: LINK_TYPES.unknown,
    html: '',
    embed_url: '',
    width: 0,
    height: 0,
    author_name: '',
    author_url: '',
    provider_name: '',
    provider_url: '',
    language: null,
    published_at: null,
    image_description: '',
    imageUrl: null,
    creator: null,
  }
}

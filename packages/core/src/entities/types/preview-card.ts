import type { Account } from './account.ts'

/** @see https://docs.joinmastodon.org/entities/PreviewCard/ */
export interface PreviewCard {
  url: string
  title: string
  description: string
  language: string | null
  type: 'link' | 'photo' | 'video' | 'rich'
  author_name: string
  author_url: string
  provider_name: string
  provider_url: string
  html: string
  width: number
  height: number
  image: string | null
  image_description: string
  embed_url: string
  blurhash: string | null
  published_at: string | null
  /** At most one. */
  authors: { name: string; url: string; account: Account | null }[]
  /** For a viewer only (Mastodon 4.6): whether the page names her without her leave. */
  missing_attribution?: boolean
}

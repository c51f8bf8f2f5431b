import type { AccountRow } from '@anancus/db'
import type { CredentialAccount, FeaturedTag, Profile } from '../types/index.ts'

/** The own profile out of the own account: what was typed, and what is made of it. */
export function profileJson(
  row: AccountRow,
  shown: CredentialAccount,
  featuredTags: readonly FeaturedTag[],
): Profile {
  const { source } = shown
  const image = (kind: 'avatar' | 'header', url: string) => (row[`${kind}_file_name`] === null ? null : url)
  return {
    id: shown.id,
    display_name: shown.display_name,
    note: source.note,
    fields: source.fields,
    formatted_note: shown.note,
    formatted_fields: shown.fields,
    avatar: image('avatar', shown.avatar),
    avatar_static: image('avatar', shown.avatar_static),
    avatar_description: shown.avatar_description,
    header: image('header', shown.header),
    header_static: image('header', shown.header_static),
    header_description: shown.header_description,
    locked: shown.locked,
    bot: shown.bot,
    hide_collections: source.hide_collections,
    discoverable: source.discoverable,
    indexable: source.indexable,
    show_media: shown.show_media,
    show_media_replies: shown.show_media_replies,
    show_featured: shown.show_featured,
    attribution_domains: source.attribution_domains,
    featured_tags: [...featuredTags],
  }
}

import type { AccountRow, StatusRow } from '@anancus/db'
import { accountUrl, actorPart, actorUri, statusUri, type Uris } from '../../kernel/uris.ts'
import type { Document } from '../vocabulary.ts'

/**
 * Puts a status on its author's profile, or takes it off. Without an id, as Mastodon sends it.
 *
 * @see https://docs.joinmastodon.org/spec/activitypub/#featured
 */
export function featuredStatusJson(
  uris: Uris,
  type: 'Add' | 'Remove',
  account: AccountRow,
  status: Pick<StatusRow, 'id' | 'local' | 'uri' | 'url' | 'reblog_of_id'>,
): Document {
  return {
    type,
    actor: actorUri(uris, account),
    target: actorPart(uris, account, 'collections/featured'),
    object: statusUri(uris, status, account),
  }
}

/**
 * Puts a hashtag on its account's profile, or takes it off. The target is `featured`, not `featuredTags`: so Mastodon
 * has it.
 *
 * @see https://docs.joinmastodon.org/spec/activitypub/#featuredTags
 */
export function featuredTagActivity(
  uris: Uris,
  type: 'Add' | 'Remove',
  account: AccountRow,
  tag: { name: string; shown: string },
): Document {
  return {
    type,
    actor: actorUri(uris, account),
    target: actorPart(uris, account, 'collections/featured'),
    object: {
      type: 'Hashtag',
      href: `${accountUrl(uris, account)}/tagged/${encodeURIComponent(tag.name)}`,
      name: `#${tag.shown}`,
    },
  }
}

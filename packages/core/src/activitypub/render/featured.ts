import type { AccountRow, StatusRow } from '@anancus/db'
import { actorPart, actorUri, statusUri, type Uris } from '../../kernel/uris.ts'
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

import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import type { ShownAccount } from '../../graph/index.ts'
import { actorPart, actorUri, followersUri, type Uris } from '../../kernel/uris.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'

/** Who is let through without being asked; the lower half of the column is for who must be asked. */
const AUTOMATIC_SHIFT = 16
const PUBLIC_BIT = 2
const FOLLOWERS_BIT = 4
const FOLLOWING_BIT = 8
const UNLISTED = stored(VISIBILITIES, 'unlisted')

/**
 * Who may quote a status. The author alone means nobody; that is also what one with a limited audience says.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export function quotePolicyJson(uris: Uris, status: StatusRow, account: ShownAccount): Document {
  const automatic = status.visibility > UNLISTED ? 0 : status.quote_approval_policy >> AUTOMATIC_SHIFT
  const approved: string[] = []
  if (automatic & PUBLIC_BIT) approved.push(PUBLIC)
  if (automatic & FOLLOWERS_BIT) approved.push(followersUri(uris, account))
  if (automatic & FOLLOWING_BIT) approved.push(actorPart(uris, account, 'following'))
  const automaticApproval = approved.length > 0 ? approved : [actorUri(uris, account)]
  return { canQuote: { automaticApproval } }
}

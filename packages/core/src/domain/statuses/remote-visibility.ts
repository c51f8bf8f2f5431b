import type { AccountRow, StoredVisibility } from '@anancus/db'
import { PUBLIC_SPELLINGS } from '../../activitypub/vocabulary.ts'

interface AddressedTo {
  to: readonly string[]
  cc: readonly string[]
  isDirectMessage?: boolean
}

/**
 * The visibility that an audience means. The followers must be in `to`: in `cc` alone they make nothing private.
 *
 * @param hasSilent whether anybody is addressed without being named: then a direct one is a limited one,
 *   unless its author says otherwise
 */
export function remoteVisibility(
  audience: AddressedTo,
  author: Pick<AccountRow, 'followers_url'>,
  hasSilent: boolean,
): StoredVisibility {
  if (audience.to.some((uri) => PUBLIC_SPELLINGS.has(uri))) return 'public'
  if (audience.cc.some((uri) => PUBLIC_SPELLINGS.has(uri))) return 'unlisted'
  if (author.followers_url !== '' && audience.to.includes(author.followers_url)) return 'private'
  return (audience.isDirectMessage ?? !hasSilent) ? 'direct' : 'limited'
}

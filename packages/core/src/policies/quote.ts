import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import type { QuoteApproval } from '../entities/types/index.ts'
import type { Relation } from '../graph/index.ts'
import { approvalFor, readAudiences } from './audiences.ts'

const DIRECT = stored(VISIBILITIES, 'direct')

/**
 * Who may quote a status, and whether the viewer may. Nobody quotes a direct status, not even its author.
 *
 * @see https://docs.joinmastodon.org/entities/QuoteApproval/
 */
export function quoteApproval(
  viewerId: string | null,
  status: Pick<StatusRow, 'account_id' | 'visibility' | 'quote_approval_policy'>,
  relation: Pick<Relation, 'following' | 'followedBy'> | undefined,
): QuoteApproval {
  const audiences = readAudiences(status.quote_approval_policy)
  return { ...audiences, current_user: answer() }

  function answer(): QuoteApproval['current_user'] {
    if (viewerId === null) return 'denied'
    if (status.visibility === DIRECT) return 'denied'
    if (viewerId === status.account_id) return 'automatic'
    return approvalFor(audiences, relation)
  }
}

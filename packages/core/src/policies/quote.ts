import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import type { QuoteApproval } from '../entities/types/index.ts'
import { approvalFor, readAudiences, type Ties } from './audiences.ts'
import { canShow, type StatusFacts } from './status.ts'

const DIRECT = stored(VISIBILITIES, 'direct')
const UNLISTED = stored(VISIBILITIES, 'unlisted')

/**
 * Who may quote a status, and whether the viewer may. Nobody quotes a direct status, not even its author.
 *
 * @see https://docs.joinmastodon.org/entities/QuoteApproval/
 */
export function quoteApproval(
  viewerId: string | null,
  status: Pick<StatusRow, 'account_id' | 'visibility' | 'quote_approval_policy'>,
  relation: Ties | undefined,
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

/** What decides whether a status may be quoted. */
export interface QuoteFacts extends StatusFacts {
  status: Pick<StatusRow, 'account_id' | 'visibility' | 'quote_approval_policy' | 'reblog_of_id'>
  ties: Ties
  /** Either blocks the other, or the server of the other. */
  isBlocked: boolean
}

/**
 * Whether somebody may quote a status: at once, after its author is asked, perhaps (a policy we do not understand), or
 * not. Nobody quotes a reblog, what they do not see, or somebody with whom there is a block; others' statuses only as
 * far as they are for everybody.
 */
export function quoteDecision(quoterId: string, facts: QuoteFacts): QuoteApproval['current_user'] {
  const { status } = facts
  if (status.reblog_of_id !== null || !canShow(quoterId, facts)) return 'denied'
  if (quoterId !== status.account_id && (facts.isBlocked || status.visibility > UNLISTED)) return 'denied'
  return quoteApproval(quoterId, status, facts.ties).current_user
}

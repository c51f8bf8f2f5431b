import type { AccountRow } from '@anancus/db'
import type { ActivityDraft } from '../../activitypub/parse/activity.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { FetchBudget } from '../accounts/index.ts'
import type { Outcome } from './outcome.ts'

/** An activity whose signature is its actor's, and whose id is of its actor's house. Only `verifyActivity` makes one. */
export interface VerifiedActivity extends ActivityDraft {
  readonly verified: true
  actor: string
}

/** How it came. */
export interface Arrival {
  /** Whose personal inbox it came to; null for the shared one. */
  inboxOwner: AccountRow | null
  /** The account that brought it, where the door knew: the actor, or who passes it on. */
  bringerId: string | null
  /** Requests it may still cause. */
  budget: FetchBudget
}

/** Receives one kind of activity. `actor` is remote, and the signer. */
export type InboxHandler = (
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
) => Promise<Outcome>

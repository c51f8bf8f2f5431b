import type { AccountRow } from '@anancus/db'

type Reached = Pick<AccountRow, 'inbox_url' | 'shared_inbox_url'>

/** The personal inbox: for what concerns one actor (Follow, Like, Block, Accept, Reject). Empty when there is none. */
export function inboxOf(account: Reached): string {
  return account.inbox_url
}

/** The inbox that serves the most readers of a server at once: the shared one where there is one. */
export function preferredInboxOf(account: Reached): string {
  return account.shared_inbox_url || account.inbox_url
}

import type { AccountRow, UserRow } from '@anancus/db'

/**
 * Whether an account may be seen at all. One of ours is there for others once its login is confirmed and approved; a
 * suspended one is seen, with nothing in it.
 */
export function canShowAccount(
  account: Pick<AccountRow, 'domain'>,
  user: Pick<UserRow, 'approved' | 'confirmed_at'> | null,
): boolean {
  if (account.domain !== null || !user) return true
  return user.approved && user.confirmed_at !== null
}

/** Whether somebody may see whom an account follows and who follows it. Owners always see their own. */
export function canListRelations(
  viewerId: string | null,
  account: Pick<AccountRow, 'hide_collections' | 'id' | 'suspended_at'>,
  facts: { blockedByAccount: boolean },
): boolean {
  if (account.suspended_at !== null) return false
  if (viewerId === account.id) return true
  return !account.hide_collections && !facts.blockedByAccount
}

import type { Account, Notification, Status } from '@anancus/core/entities/types'
import { createKeyedStore, type KeyedStore } from './store.ts'
import { useKeyed } from './use-keyed.ts'

/**
 * Every status and account the page has met, once. Lists hold ids only, so that a favourite shows in each of them.
 */
export const accounts: KeyedStore<Account> = createKeyedStore()
export const statuses: KeyedStore<Status> = createKeyedStore()
export const notifications: KeyedStore<Notification> = createKeyedStore()

/** The payloads of public streams lack the viewer's fields; what is missing keeps its known value. */
function merge<T extends object>(known: T | undefined, fresh: T): T {
  return known ? { ...known, ...fresh } : fresh
}

export function importAccount(account: Account): void {
  accounts.set(account.id, merge(accounts.get(account.id), account))
}

export function importAccounts(list: readonly Account[]): void {
  for (const account of list) importAccount(account)
}

/** Takes in a status with all that hangs on it: authors, the reblogged and the quoted status. */
export function importStatus(status: Status): void {
  importAccount(status.account)
  if (status.reblog) importStatus(status.reblog)
  const quoted = status.quote && 'quoted_status' in status.quote ? status.quote.quoted_status : null
  if (quoted) importStatus(quoted)
  statuses.set(status.id, merge(statuses.get(status.id), status))
}

export function importStatuses(list: readonly Status[]): void {
  for (const status of list) importStatus(status)
}

export function importNotifications(list: readonly Notification[]): void {
  for (const notification of list) {
    importAccount(notification.account)
    if (notification.status) importStatus(notification.status)
    notifications.set(notification.id, notification)
  }
}

export function patchStatus(id: string, patch: Partial<Status>): void {
  const known = statuses.get(id)
  if (known) statuses.set(id, { ...known, ...patch })
}

export function patchAccount(id: string, patch: Partial<Account>): void {
  const known = accounts.get(id)
  if (known) accounts.set(id, { ...known, ...patch })
}

export function useStatus(id: string | null | undefined): Status | undefined {
  return useKeyed(statuses, id)
}

export function useAccount(id: string | null | undefined): Account | undefined {
  return useKeyed(accounts, id)
}

/** Ids of all statuses that are `id` or reblogs of it. */
export function sameStatusIds(id: string): string[] {
  return statuses
    .entries()
    .filter(([, status]) => status.id === id || status.reblog?.id === id)
    .map(([key]) => key)
}

/** Ids of all statuses written or reblogged by the account. */
export function statusIdsBy(accountId: string): string[] {
  return statuses
    .entries()
    .filter(([, status]) => status.account.id === accountId || status.reblog?.account.id === accountId)
    .map(([key]) => key)
}

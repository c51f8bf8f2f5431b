import type { AccountRow } from '@anancus/db'
import { endorsementPage } from '@anancus/db/queries/account-pins'
import {
  type AccountWithLogin,
  accountsByIds,
  accountsWithLoginByIds,
  accountWithLoginByHandle,
} from '@anancus/db/queries/accounts'
import type { Window } from '@anancus/db'
import { parseHandle } from '../../activitypub/parse/handle.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { canShowAccount } from '../../policies/account.ts'
import { MAX_IDS } from './limits.ts'

/**
 * Gets an account that may be seen: a local one is confirmed and approved. Suspended ones are there, shown empty.
 *
 * @throws NotFoundError missing, or not to be seen yet
 */
export async function getAccount(ctx: Ctx, _viewer: Viewer | null, id: string): Promise<AccountRow> {
  return shownOrNotFound((await accountsWithLoginByIds(ctx.db, [id])).get(id) ?? null)
}

/**
 * Gets accounts in the order of their ids; those that are missing or not to be seen are left out.
 *
 * @throws ValidationError more than forty
 */
export async function getAccounts(
  ctx: Ctx,
  _viewer: Viewer | null,
  ids: readonly string[],
): Promise<AccountRow[]> {
  if (ids.length > MAX_IDS) throw new ValidationError('Mastodon::ValidationError')
  const found = await accountsWithLoginByIds(ctx.db, ids)
  return [...new Set(ids)]
    .map((id) => found.get(id))
    .filter((account) => account !== undefined && isShown(account)) as AccountRow[]
}

/** Finds accounts of any state in the order of their ids; missing ones are left out. */
export async function findAccounts(ctx: Ctx, ids: readonly string[]): Promise<AccountRow[]> {
  const found = await accountsByIds(ctx.db, ids)
  return [...new Set(ids)].map((id) => found.get(id)).filter((account) => account !== undefined)
}

/**
 * Gets an account we know by its handle; nobody is asked.
 *
 * @param acct `user`, `@user@domain`; our own domain may be named
 * @throws NotFoundError
 */
export async function lookupAccount(ctx: Ctx, _viewer: Viewer | null, acct: string): Promise<AccountRow> {
  const handle = parseHandle(acct)
  if (!handle) throw new NotFoundError()
  const isOurs = handle.domain === null || ctx.config.ownHosts.has(handle.domain)
  return shownOrNotFound(
    await accountWithLoginByHandle(ctx.db, handle.username, isOurs ? null : handle.domain),
  )
}

function shownOrNotFound(account: AccountWithLogin | null): AccountRow {
  if (!account || !isShown(account)) throw new NotFoundError()
  return account
}

function isShown(account: AccountWithLogin): boolean {
  const { user_approved: approved, user_confirmed_at: confirmed_at } = account
  return canShowAccount(account, approved === null ? null : { approved, confirmed_at })
}

/** Lists the ids of whom an account endorses, newest account first; they are the cursors too. */
export async function listEndorsements(
  ctx: Ctx,
  account: Pick<AccountRow, 'id'>,
  window: Window,
): Promise<string[]> {
  return endorsementPage(ctx.db, window, account.id)
}

import { type AccountRow, permissionMask, type UserRoleRow, type Window } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  type AccountState,
  adminAccountPage,
  type AdminAccountSelection,
  roleIdsWith,
} from '@anancus/db/queries/admin-accounts'
import { viewersByAccountIds } from '@anancus/db/queries/viewers'
import ipaddr from 'ipaddr.js'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError, NotFoundError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** What moderators look for; empty texts are as if absent. */
export interface AccountFilters {
  origin?: string | undefined
  status?: string | undefined
  /** Only those whose role looks after reports. */
  staff?: boolean | undefined
  roleIds?: readonly string[] | undefined
  username?: string | undefined
  displayName?: string | undefined
  byDomain?: string | undefined
  email?: string | undefined
  ip?: string | undefined
  invitedBy?: string | undefined
}

const ORIGINS = ['local', 'remote'] as const
const STATES: readonly AccountState[] = [
  'active',
  'pending',
  'suspended',
  'disabled',
  'silenced',
  'sensitized',
]
const STAFF = permissionMask('manage_reports', 'administrator')

/**
 * Ids of accounts for moderators, newest first; ready for `renderAdminAccounts`. At most two statements.
 *
 * @throws BadRequestError an origin or status there is none of
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#v2
 */
export async function listAdminAccounts(
  ctx: Ctx,
  window: Window,
  filters: AccountFilters,
): Promise<string[]> {
  const selection: AdminAccountSelection = {
    origin: oneOf(ORIGINS, 'origin', filters.origin),
    state: oneOf(STATES, 'status', filters.status),
    roleIds: filters.staff ? await roleIdsWith(ctx.db, STAFF) : nonEmpty(filters.roleIds?.filter(isId)),
    username: text(filters.username),
    displayName: text(filters.displayName),
    domain: text(filters.byDomain),
    email: text(filters.email),
    ip: text(filters.ip),
    invitedBy: text(filters.invitedBy),
  }
  const asksForNothing =
    (selection.ip !== undefined && !isNetwork(selection.ip)) ||
    (selection.invitedBy !== undefined && !isId(selection.invitedBy))
  return asksForNothing ? [] : adminAccountPage(ctx.db, window, selection)
}

function oneOf<Word extends string>(
  words: readonly Word[],
  what: string,
  value: string | undefined,
): Word | undefined {
  if (!value) return undefined
  const word = words.find((each) => each === value)
  if (word === undefined) throw new BadRequestError(`Unknown ${what}: ${value}`)
  return word
}

/** Trimmed; a zero byte, which Postgres takes in no text, finds nothing anyway. */
function text(value: string | undefined): string | undefined {
  return value?.replaceAll('\0', '\ufffd').trim() || undefined
}

const nonEmpty = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids : undefined)

function isNetwork(value: string): boolean {
  return ipaddr.isValid(value) || isCidr(value)
}

function isCidr(value: string): boolean {
  return ipaddr.isValidCIDR(value)
}

/** An account of any state, with the login behind it where it is ours. */
export interface ModeratedAccount {
  account: AccountRow
  /** Null for remote accounts, and for those whose login is gone. */
  login: Viewer | null
}

/** @throws NotFoundError */
export async function getModerated(ctx: Ctx, id: string): Promise<ModeratedAccount> {
  const account = await accountById(ctx.db, id)
  if (!account) throw new NotFoundError()
  return { account, login: await loginOf(ctx, account) }
}

export async function loginOf(ctx: Ctx, account: Pick<AccountRow, 'id' | 'domain'>): Promise<Viewer | null> {
  if (account.domain !== null) return null
  return (await viewersByAccountIds(ctx.db, [account.id])).get(account.id) ?? null
}

/** The role behind an account; null for a remote one. */
export function roleOf(moderated: ModeratedAccount): UserRoleRow | null {
  return moderated.login?.role ?? null
}

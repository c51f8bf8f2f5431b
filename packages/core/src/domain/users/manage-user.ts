import type { AccountRow, UserRow } from '@anancus/db'
import {
  findRoleByName,
  findTaken,
  insertLocalAccount,
  insertUser,
  accountIdsActiveSince,
  localAccountIds,
  pendingUserIds,
  updateAccountKeys,
  updateUser,
  viewerByEmail,
  viewerByUserId,
  viewerByUsername,
} from '@anancus/db/queries/users'
import { updateActorJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { generateRsaKeyPair } from '../../kernel/crypto.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { publish, systemChannel } from '../../streaming/index.ts'
import { setPassword } from './change-password.ts'
import { confirmUserNow } from './confirm-email.ts'
import { hashPassword, problemOfPassword, randomPassword } from './password.ts'
import { confirmationToken } from './register-user.ts'
import { registrationMode } from './registration-gate.ts'
import { enqueueMail } from './send-mail.ts'
import { checkUsernameForm, Problems } from './validate-registration.ts'
import { approveUser } from './welcome-user.ts'

export interface NewUserValues {
  username: string
  email: string
  /** Default: a random one, which is returned. */
  password?: string
  /** Name of a role; none is the one everyone has. */
  role?: string
  /** False: the address is confirmed by mail. */
  confirmed?: boolean
  /** Let in at once. Otherwise the mode of registration decides: only an open one does. */
  approved?: boolean
  locale?: string
}

/**
 * Makes a user for an operator: no gate, no reserved names, no rules for addresses.
 *
 * @throws ValidationError a malformed or taken name, a taken address, a bad password
 * @throws NotFoundError no such role
 */
export async function createUser(
  ctx: Ctx,
  values: NewUserValues,
): Promise<{ user: UserRow; account: AccountRow; password: string }> {
  const password = values.password ?? randomPassword()
  await checkNewUser(ctx, values, password)
  const role = values.role === undefined ? null : await getRole(ctx, values.role)
  const isOpen = (await registrationMode(ctx)) === 'open'
  const [keys, hashed] = await Promise.all([generateRsaKeyPair(), hashPassword(password)])
  return transaction(ctx, async (tx) => {
    const now = tx.clock.now()
    const account = await insertLocalAccount(tx.db, { username: values.username, ...keys })
    const user = await insertUser(tx.db, {
      account_id: account.id,
      email: values.email,
      encrypted_password: hashed,
      role_id: role?.id ?? null,
      approved: values.approved || isOpen,
      locale: values.locale ?? null,
      confirmed_at: values.confirmed ? now : null,
      confirmation_token: values.confirmed ? null : confirmationToken(),
      confirmation_sent_at: now,
    })
    if (!values.confirmed) await enqueueMail(tx, 'confirmation_instructions', user.id)
    return { user, account, password }
  })
}

async function checkNewUser(ctx: Ctx, values: NewUserValues, password: string): Promise<void> {
  const problems = new Problems()
  checkUsernameForm(values.username, problems)
  const taken = await findTaken(ctx.db, values.username, values.email)
  if (taken.username) problems.add('username', 'ERR_TAKEN', 'has already been taken')
  if (!/^[^\s@"%,]+@[^\s@"%,]+$/.test(values.email)) problems.add('email', 'ERR_INVALID', 'is invalid')
  if (taken.email) problems.add('email', 'ERR_TAKEN', 'has already been taken')
  const problem = problemOfPassword(password)
  if (problem) problems.add('password', problem.error, problem.description)
  problems.throwIfAny()
}

async function getRole(ctx: Ctx, name: string) {
  const role = await findRoleByName(ctx.db, name)
  if (!role) throw new NotFoundError(`Cannot find user role with that name: ${name}`)
  return role
}

export interface UserChanges {
  role?: string
  removeRole?: boolean
  email?: string
  confirm?: boolean
  approve?: boolean
  disable?: boolean
  enable?: boolean
  resetPassword?: boolean
}

/**
 * Changes a user for an operator.
 *
 * @returns the new password, when one was asked for
 * @throws NotFoundError no such role
 */
export async function modifyUser(
  ctx: Ctx,
  viewer: Viewer,
  changes: UserChanges,
): Promise<{ viewer: Viewer; password: string | null }> {
  const role = changes.role === undefined ? undefined : await getRole(ctx, changes.role)
  const values: Partial<UserRow> = {
    ...(role ? { role_id: role.id } : changes.removeRole ? { role_id: null } : {}),
    ...(changes.email === undefined ? {} : { email: changes.email.toLowerCase(), unconfirmed_email: null }),
    ...(changes.disable ? { disabled: true } : changes.enable ? { disabled: false } : {}),
  }
  const user = Object.keys(values).length > 0 ? await updateUser(ctx.db, viewer.user.id, values) : viewer.user
  if (!user) throw new NotFoundError()
  let changed: Viewer = { ...viewer, user }
  if (changes.confirm) changed = await confirmUserNow(ctx, changed)
  if (changes.approve) changed = await approveUser(ctx, changed)
  // A frozen login keeps its tokens, which are refused; what is open now must close.
  if (changes.disable || role || changes.removeRole) await closeStreams(ctx, changed)
  if (!changes.resetPassword) return { viewer: changed, password: null }
  const password = randomPassword()
  await setPassword(ctx, changed, password, null)
  return { viewer: changed, password }
}

/** Closes every socket of an account. */
export async function closeStreams(ctx: Ctx, viewer: Viewer): Promise<void> {
  await publish(ctx, systemChannel(viewer.account.id), { event: 'kill' })
}

/** New keys for a local account; other servers learn of them by an Update. */
export async function rotateKeys(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<void> {
  const keys = await generateRsaKeyPair()
  await transaction(ctx, async (tx) => {
    await updateAccountKeys(tx.db, account.id, keys)
    await enqueue(tx, updateActorJob, { accountId: account.id })
  })
}

/** A user by what an operator types. */
export const findUserByUsername = (ctx: Ctx, username: string): Promise<Viewer | null> =>
  viewerByUsername(ctx.db, username.replace(/^@/, ''))
export const findUserByEmail = (ctx: Ctx, email: string): Promise<Viewer | null> =>
  viewerByEmail(ctx.db, email)
export const findUser = (ctx: Ctx, id: string): Promise<Viewer | null> => viewerByUserId(ctx.db, id)

/** Lets in those who wait longest. @returns how many */
export async function approveOldest(ctx: Ctx, count: number): Promise<number> {
  const ids = await pendingUserIds(ctx.db, count)
  for (const id of ids) {
    const viewer = await viewerByUserId(ctx.db, id)
    if (viewer) await approveUser(ctx, viewer)
  }
  return ids.length
}

/** Ids of everybody of ours, the instance actor left out. */
export const listLocalAccountIds = (ctx: Ctx): Promise<string[]> => localAccountIds(ctx.db)

/** Ids of those who were here within USER_ACTIVE_DAYS, whose feeds are kept up. */
export const listActiveAccountIds = (ctx: Ctx): Promise<string[]> =>
  accountIdsActiveSince(
    ctx.db,
    new Date(ctx.clock.now().getTime() - ctx.config.env.USER_ACTIVE_DAYS * 86_400_000),
  )

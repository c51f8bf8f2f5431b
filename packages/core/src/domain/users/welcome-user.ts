import { PERMISSIONS } from '@anancus/db'
import { accountByHandle } from '@anancus/db/queries/accounts'
import { approveUser as approveRow, usersWithPermission, viewerByUserId } from '@anancus/db/queries/users'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { inviterToFollow } from '../invites/index.ts'
import { followAccount } from '../relationships/index.ts'
import { getSetting, preferencesOf } from '../settings/index.ts'
import { WELCOME_DELAY_MS } from './limits.ts'
import { enqueueMail } from './send-mail.ts'

const STAFF = (PERMISSIONS.manage_users | PERMISSIONS.administrator).toString()

/**
 * What follows when somebody is in for good, confirmed and approved: the first follows, a word to the staff, and an hour
 * later a letter.
 */
export async function welcomeUser(ctx: Ctx, viewer: Viewer): Promise<void> {
  await followBootstrapAccounts(ctx, viewer)
  await followInviter(ctx, viewer)
  await enqueueMail(ctx, 'welcome', viewer.user.id, {}, { delayMs: WELCOME_DELAY_MS })
  const staff = await usersWithPermission(ctx.db, STAFF)
  await enqueueMany(
    ctx,
    notifyJob,
    staff.map(({ account_id: recipientId }) => ({
      recipientId,
      type: 'admin.sign_up',
      activityType: 'Account',
      activityId: viewer.account.id,
      fromAccountId: viewer.account.id,
    })),
  )
}

/** Lets somebody follow whom the server introduces newcomers to. */
export async function followBootstrapAccounts(ctx: Ctx, { account }: Viewer): Promise<void> {
  const names = (await getSetting(ctx, 'bootstrap_timeline_accounts')).split(',').map((name) => name.trim())
  for (const name of names.filter(Boolean)) {
    const [username = '', domain] = name.replace(/^@/, '').split('@')
    const isOurs = domain === undefined || ctx.config.ownHosts.has(domain.toLowerCase())
    const target = await accountByHandle(ctx.db, username, isOurs ? null : domain)
    if (!target || target.id === account.id || target.suspended_at !== null || target.locked) continue
    await followAccount(ctx, account, target)
  }
}

async function followInviter(ctx: Ctx, { user, account }: Viewer): Promise<void> {
  const inviter = await inviterToFollow(ctx, user.invite_id)
  if (inviter && inviter.suspended_at === null) await followAccount(ctx, account, inviter)
}

/** Mails those who decide about newcomers, as far as they want such mail. */
export async function notifyStaffOfPending(ctx: Ctx, viewer: Viewer): Promise<void> {
  for (const { id } of await usersWithPermission(ctx.db, STAFF)) {
    const staff = await viewerByUserId(ctx.db, id)
    if (staff && preferencesOf(staff.user)['notification_emails.pending_account'])
      await enqueueMail(ctx, 'new_pending_account', id, { newcomerId: viewer.user.id })
  }
}

/** Lets a pending user in. Doing it twice changes nothing. */
export async function approveUser(ctx: Ctx, viewer: Viewer): Promise<Viewer> {
  return transaction(ctx, async (tx) => {
    const user = await approveRow(tx.db, viewer.user.id)
    if (!user) return viewer
    const approved = { ...viewer, user }
    if (user.confirmed_at !== null) await welcomeUser(tx, approved)
    return approved
  })
}

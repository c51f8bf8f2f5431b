import { createHash, randomUUID } from 'node:crypto'
import { warningFactsByIds } from '@anancus/db/queries/account-warnings'
import { accountsByIds } from '@anancus/db/queries/accounts'
import { announcementById } from '@anancus/db/queries/announcements'
import { reportById } from '@anancus/db/queries/reports'
import { termsById } from '@anancus/db/queries/terms'
import { inviteRequestOf, updateUser, viewerByEmail, viewerByUserId } from '@anancus/db/queries/users'
import { sendMailJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type EnqueueOptions, enqueue } from '../../kernel/enqueue.ts'
import { PermanentJobError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { digestOf, randomSecret } from '../oauth/index.ts'
import { getSetting } from '../settings/index.ts'
import { type Letter, letterHtml, letterText } from './mails/letter.ts'
import * as letters from './mails/letters.ts'
import * as moderationLetters from './mails/moderation-letters.ts'
import * as siteLetters from './mails/site-letters.ts'

/** Every mail by its name; the names are Mastodon's. */
const TEMPLATES = {
  confirmation_instructions: letters.confirmationInstructions,
  reconfirmation: letters.reconfirmation,
  email_changed: letters.emailChanged,
  reset_password_instructions: letters.resetPasswordInstructions,
  password_change: letters.passwordChange,
  welcome: letters.welcome,
  warning: moderationLetters.warning,
  new_report: moderationLetters.newReport,
  new_pending_account: letters.newPendingAccount,
  terms_of_service_changed: siteLetters.termsOfServiceChanged,
  announcement_published: siteLetters.announcementPublished,
  new_trends: letters.newTrends,
} satisfies Record<string, (facts: letters.LetterFacts) => Letter | null>

export type MailTemplate = keyof typeof TEMPLATES

/** What goes to everyone at once. */
const BULK: ReadonlySet<MailTemplate> = new Set(['announcement_published', 'terms_of_service_changed'])

/** What a job says besides the recipient. No secrets: a queue is no place for them. */
export interface MailData {
  email?: string
  newEmail?: string
  newcomerId?: string
  termsId?: string
  warningId?: string
  reportId?: string
  announcementId?: string
  trends?: { tags: string[]; links: string[]; statuses: string[] }
}

/** Puts a mail into the queue, in the caller's transaction when there is one. */
export async function enqueueMail(
  ctx: Ctx,
  template: MailTemplate,
  userId: string,
  data: MailData = {},
  options: EnqueueOptions = {},
): Promise<void> {
  // The id makes two mails of one kind two messages, and a repeated job the same one.
  const payload = { template, userId, data: JSON.stringify({ ...data, id: randomUUID() }) }
  await enqueue(ctx, sendMailJob, payload, options)
}

/** Writes and sends one mail; a recipient who is gone meanwhile gets none. Runs `mailers.send`. */
export async function sendMail(
  ctx: Ctx,
  payload: { template: string; userId: string; data: string },
): Promise<void> {
  if (!(payload.template in TEMPLATES))
    throw new PermanentJobError(`There is no mail called ${payload.template}.`)
  const data = JSON.parse(payload.data) as MailData
  const viewer = data.email
    ? await viewerByEmail(ctx.db, data.email)
    : await viewerByUserId(ctx.db, payload.userId)
  const template = viewer && templateFor(payload.template as MailTemplate, viewer)
  if (!viewer || !template) return
  const siteTitle = await getSetting(ctx, 'site_title')
  const letter = TEMPLATES[template]({
    config: ctx.config,
    siteTitle,
    viewer,
    token: await tokenFor(ctx, template, viewer),
    newEmail: data.newEmail ?? '',
    newcomer: data.newcomerId ? await newcomerOf(ctx, data.newcomerId) : null,
    warning: data.warningId ? ((await warningFactsByIds(ctx.db, [data.warningId]))[0] ?? null) : null,
    reported: data.reportId ? await reportedOf(ctx, data.reportId) : null,
    terms: data.termsId ? await termsById(ctx.db, data.termsId) : null,
    announcement: data.announcementId ? await announcementById(ctx.db, data.announcementId) : null,
    trends: data.trends ?? null,
  })
  if (!letter) return
  const sender = { title: siteTitle, url: ctx.config.baseUrl }
  await ctx.mailer.send({
    to: template === 'reconfirmation' ? (viewer.user.unconfirmed_email ?? '') : viewer.user.email,
    subject: letter.subject,
    text: letterText(letter, sender),
    html: letterHtml(letter, sender),
    messageId: messageIdOf(ctx, payload),
    isBulk: BULK.has(template),
  })
}

/** One id for one job, however often it runs. */
function messageIdOf(ctx: Ctx, payload: object): string {
  const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 40)
  return `${digest}@${ctx.config.localDomain.replace(/:\d+$/, '')}`
}

/** Which letter it really takes; null where meanwhile none is needed. */
function templateFor(template: MailTemplate, { user }: Viewer): MailTemplate | null {
  if (template !== 'confirmation_instructions' && template !== 'reconfirmation') return template
  if (user.confirmed_at === null) return 'confirmation_instructions'
  return user.unconfirmed_email === null ? null : 'reconfirmation'
}

/**
 * The secret in the link, good from now on. That of a new password is made here, so that it is nowhere but in the mail.
 */
async function tokenFor(ctx: Ctx, template: MailTemplate, { user }: Viewer): Promise<string> {
  const now = ctx.clock.now()
  if (template === 'reset_password_instructions') {
    const token = randomSecret()
    await updateUser(ctx.db, user.id, { reset_password_token: digestOf(token), reset_password_sent_at: now })
    return token
  }
  if (template !== 'confirmation_instructions' && template !== 'reconfirmation') return ''
  const token = user.confirmation_token ?? randomSecret()
  await updateUser(ctx.db, user.id, { confirmation_token: token, confirmation_sent_at: now })
  return token
}

async function newcomerOf(ctx: Ctx, userId: string) {
  const viewer = await viewerByUserId(ctx.db, userId)
  return viewer && { viewer, reason: await inviteRequestOf(ctx.db, userId) }
}

async function reportedOf(ctx: Ctx, id: string) {
  const report = await reportById(ctx.db, id)
  if (!report) return null
  const accounts = await accountsByIds(ctx.db, [report.account_id, report.target_account_id])
  const [reporter, target] = [accounts.get(report.account_id), accounts.get(report.target_account_id)]
  return reporter && target ? { report, reporter, target } : null
}

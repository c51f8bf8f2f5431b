import { createHash, randomUUID } from 'node:crypto'
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

/** Every mail by its name; the names are Mastodon's. */
const TEMPLATES = {
  confirmation_instructions: letters.confirmationInstructions,
  reconfirmation: letters.reconfirmation,
  email_changed: letters.emailChanged,
  reset_password_instructions: letters.resetPasswordInstructions,
  password_change: letters.passwordChange,
  welcome: letters.welcome,
  new_pending_account: letters.newPendingAccount,
} satisfies Record<string, (facts: letters.LetterFacts) => Letter | null>

export type MailTemplate = keyof typeof TEMPLATES

/** What a job says besides the recipient. No secrets: a queue is no place for them. */
export interface MailData {
  email?: string
  newEmail?: string
  newcomerId?: string
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
  const write = TEMPLATES[payload.template as MailTemplate]
  if (!write) throw new PermanentJobError(`There is no mail called ${payload.template}.`)
  const data = JSON.parse(payload.data) as MailData
  const viewer = data.email
    ? await viewerByEmail(ctx.db, data.email)
    : await viewerByUserId(ctx.db, payload.userId)
  const to = viewer && recipientOf(payload.template as MailTemplate, viewer)
  if (!viewer || !to) return
  const siteTitle = await getSetting(ctx, 'site_title')
  const token = await tokenFor(ctx, payload.template as MailTemplate, viewer)
  const newcomer = data.newcomerId ? await newcomerOf(ctx, data.newcomerId) : null
  const letter = write({
    config: ctx.config,
    siteTitle,
    viewer,
    token,
    newEmail: data.newEmail ?? '',
    newcomer,
  })
  if (!letter) return
  const sender = { title: siteTitle, url: ctx.config.baseUrl }
  await ctx.mailer.send({
    to,
    subject: letter.subject,
    text: letterText(letter, sender),
    html: letterHtml(letter, sender),
    messageId: `${createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 40)}@${ctx.config.localDomain.replace(/:\d+$/, '')}`,
  })
}

function recipientOf(template: MailTemplate, { user }: Viewer): string | null {
  if (template === 'reconfirmation') return user.unconfirmed_email
  // Somebody confirmed meanwhile needs no instructions.
  if (template === 'confirmation_instructions' && user.confirmed_at !== null) return null
  return user.email
}

/** The secret in the link. That of a new password is made here, so that it is nowhere but in the mail. */
async function tokenFor(ctx: Ctx, template: MailTemplate, { user }: Viewer): Promise<string> {
  if (template !== 'reset_password_instructions') return user.confirmation_token ?? ''
  const token = randomSecret()
  await updateUser(ctx.db, user.id, {
    reset_password_token: digestOf(token),
    reset_password_sent_at: ctx.clock.now(),
  })
  return token
}

async function newcomerOf(ctx: Ctx, userId: string) {
  const viewer = await viewerByUserId(ctx.db, userId)
  return viewer && { viewer, reason: await inviteRequestOf(ctx.db, userId) }
}

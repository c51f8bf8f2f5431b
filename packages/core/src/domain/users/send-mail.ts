import { randomUUID } from 'node:crypto'
import { updateUser, viewerByEmail, viewerByUserId } from '@anancus/db/queries/users'
import { sendMailJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type EnqueueOptions, enqueue } from '../../kernel/enqueue.ts'
import { PermanentJobError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { digestOf, randomSecret } from '../oauth/index.ts'
import {
  isBulk,
  isTemplate,
  type MailTemplate,
  notificationKind,
  reasonFor,
  TEMPLATES,
} from './mails/catalogue.ts'
import { commonValues, type LetterFacts } from './mails/facts.ts'
import { listHeaders, messageIdOf, threadHeaders, URGENT } from './mails/headers.ts'
import { type Letter, letterText } from './mails/letter.ts'
import { letterHtml } from './mails/letter-html.ts'
import { loadFacts, type MailData } from './mails/load-facts.ts'
import { mailedNotification } from './mails/notification-facts.ts'
import { fill, mailWords } from './mails/words/index.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

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

/**
 * Writes and sends one mail, in the recipient's language; a recipient who is gone meanwhile gets none. Runs
 * `mailers.send`.
 */
export async function sendMail(
  ctx: Ctx,
  payload: { template: string; userId: string; data: string },
): Promise<void> {
  if (!isTemplate(payload.template))
    throw new PermanentJobError(`There is no mail called ${payload.template}.`)
  const data = JSON.parse(payload.data) as MailData
  const viewer = data.email
    ? await viewerByEmail(ctx.db, data.email)
    : await viewerByUserId(ctx.db, payload.userId)
  const template = viewer && templateFor(payload.template, viewer)
  const rest = template && (await listingOf(ctx, template, viewer, data))
  if (!viewer || !template || !rest) return
  const facts: LetterFacts = {
    ...(await loadFacts(ctx, viewer, data)),
    ...rest.facts,
    token: await tokenFor(ctx, template, viewer),
  }
  const letter = writeLetter(template, facts)
  if (!letter) return
  const sender = { title: facts.siteTitle, url: ctx.config.baseUrl, language: facts.language }
  await ctx.mailer.send({
    to: template === 'reconfirmation' ? (viewer.user.unconfirmed_email ?? '') : viewer.user.email,
    subject: letter.subject,
    text: letterText(letter, sender),
    html: letterHtml(letter, sender),
    messageId: messageIdOf(ctx.config, payload),
    headers: template === 'new_critical_software_updates' ? URGENT : rest.headers,
    isBulk: isBulk(template),
  })
}

/** The letter of a template, with the reason why one gets it. */
export function writeLetter(template: MailTemplate, facts: LetterFacts): Letter | null {
  const letter = TEMPLATES[template](facts)
  const reason = reasonFor(template)
  if (!letter || !reason) return letter
  return { ...letter, reason: fill(mailWords(facts.language).phrases[reason], commonValues(facts)) }
}

/** What makes a mail one of a list that can be left; null where no mail is due. */
async function listingOf(ctx: Ctx, template: MailTemplate, viewer: Viewer, data: MailData) {
  const kind = notificationKind(template)
  if (!kind) return { facts: { notification: null, unsubscribeUrl: '' }, headers: {} }
  const mailed = await mailedNotification(ctx, viewer, data.notificationId ?? '0', kind)
  if (!mailed) return null
  const url = unsubscribeUrl(ctx, viewer.user, kind)
  return {
    facts: { notification: mailed.notification, unsubscribeUrl: url },
    headers: {
      ...listHeaders(ctx.config, `${kind}.${viewer.account.username}`, url),
      ...threadHeaders(ctx.config, mailed.conversationId),
    },
  }
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

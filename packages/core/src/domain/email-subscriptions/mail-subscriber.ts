import type { EmailSubscriptionRow } from '@anancus/db'
import { emailSubscriptionById } from '@anancus/db/queries/email-subscriptions'
import { renderStatuses } from '../../entities/index.ts'
import type { Status } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getSetting } from '../settings/index.ts'
import {
  type Letter,
  letterHtml,
  letterText,
  listHeaders,
  mailLanguage,
  messageIdOf,
} from '../users/index.ts'
import { confirmationLetter, postsLetter } from './letters.ts'
import { getLocal } from './offers.ts'
import { unsubscribeToken } from './subscribe.ts'

export interface MailSubscriber {
  subscriptionId: string
  /** What is new; none in the mail that asks for confirmation. */
  statusIds: string[]
}

/**
 * Writes to one reader: about new posts, or to ask whether the address wants them. Posts deleted meanwhile are left out;
 * a reader who left gets nothing. Runs `mailers.mail_subscriber`.
 */
export async function mailSubscriber(ctx: Ctx, payload: MailSubscriber): Promise<void> {
  const subscription = await emailSubscriptionById(ctx.db, payload.subscriptionId)
  if (!subscription) return
  const author = await getLocal(ctx, subscription.account_id)
  const letter =
    payload.statusIds.length === 0
      ? await confirmation(ctx, subscription, author)
      : await news(ctx, subscription, author, payload.statusIds)
  if (letter) await send(ctx, subscription, letter, payload)
}

async function confirmation(
  ctx: Ctx,
  subscription: EmailSubscriptionRow,
  author: Viewer,
): Promise<Letter | null> {
  if (subscription.confirmed_at !== null) return null
  const query = new URLSearchParams({ confirmation_token: subscription.confirmation_token ?? '' })
  return confirmationLetter({
    config: ctx.config,
    language: languageOf(ctx, subscription),
    author: author.account,
    url: `${ctx.config.baseUrl}/email_subscriptions/confirmation?${query}`,
  })
}

async function news(
  ctx: Ctx,
  subscription: EmailSubscriptionRow,
  author: Viewer,
  statusIds: readonly string[],
): Promise<Letter | null> {
  if (subscription.confirmed_at === null || author.account.suspended_at !== null) return null
  const statuses = (await renderStatuses(ctx, null, statusIds)).filter(isStillPublic)
  if (statuses.length === 0) return null
  return postsLetter({
    config: ctx.config,
    language: languageOf(ctx, subscription),
    author: author.account,
    statuses,
    footer: await getSetting(ctx, 'email_footer_text'),
    unsubscribeUrl: unsubscribeUrl(ctx, subscription),
  })
}

const languageOf = ({ config }: Ctx, { locale }: EmailSubscriptionRow) =>
  mailLanguage(locale, config.env.DEFAULT_LOCALE)

const isStillPublic = (status: Status) => status.visibility === 'public'

const unsubscribeUrl = (ctx: Ctx, subscription: EmailSubscriptionRow) =>
  `${ctx.config.baseUrl}/unsubscribe?${new URLSearchParams({ token: unsubscribeToken(ctx, subscription) })}`

async function send(
  ctx: Ctx,
  subscription: EmailSubscriptionRow,
  letter: Letter,
  payload: MailSubscriber,
): Promise<void> {
  const title = await getSetting(ctx, 'site_title')
  const sender = { title, url: ctx.config.baseUrl, language: languageOf(ctx, subscription) }
  await ctx.mailer.send({
    to: subscription.email,
    subject: letter.subject,
    text: letterText(letter, sender),
    html: letterHtml(letter, sender),
    messageId: messageIdOf(ctx.config, payload),
    headers: listHeaders(ctx.config, `posts-${subscription.account_id}`, unsubscribeUrl(ctx, subscription)),
  })
}

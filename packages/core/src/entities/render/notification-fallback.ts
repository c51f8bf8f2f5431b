import { type Html, html } from '../../kernel/text/html.ts'
import type { Uris } from '../../kernel/uris.ts'
import type { Account, Notification, NotificationFallback, NotificationType } from '../types/index.ts'

/** Types that every client knows how to show. */
const WITHOUT_BASELINE: ReadonlySet<NotificationType> = new Set([
  'severed_relationships',
  'moderation_warning',
  'admin.sign_up',
  'admin.report',
  'added_to_collection',
  'collection_update',
])

/**
 * What a client shows of a notification whose type it does not know: of the types beyond the baseline, while the client
 * says which it knows. Nothing where what it is about is gone.
 *
 * @param supported the types a client knows; undefined when it does not say
 */
export function fallbackPart(
  uris: Uris,
  notification: Notification,
  supported: readonly string[] | undefined,
): { fallback?: NotificationFallback } {
  const { type } = notification
  if (!supported || !WITHOUT_BASELINE.has(type) || supported.includes(type)) return {}
  const words = wordsFor(uris, notification)
  if (!words) return {}
  const { title, summary } = words
  return { fallback: { title: title.markup, summary: summary?.markup ?? null, description: null } }
}

interface Words {
  title: Html
  summary?: Html
}

function wordsFor(uris: Uris, notification: Notification): Words | null {
  switch (notification.type) {
    case 'severed_relationships':
      return severed(uris, notification)
    case 'moderation_warning':
      return warned(uris, notification)
    case 'admin.sign_up':
      return { title: html`${nameOf(notification.account)} signed up` }
    case 'admin.report':
      return reported(uris, notification)
    case 'added_to_collection':
    case 'collection_update':
      return collected(notification)
    default:
      return null
  }
}

function severed(uris: Uris, { event }: Notification): Words | null {
  if (!event) return null
  const { target_name: target, followers_count: followers, following_count: following } = event
  return {
    title: html`Follows cut by ${target}`,
    summary: html`<p>${
      event.type === 'user_domain_block' ? 'You hid' : 'A moderator acted on'
    } <strong>${target}</strong>. Lost: ${followers} of your followers, ${following} of those you follow. <a href="${uris.baseUrl}/severed_relationships">See which</a></p>`,
  }
}

function warned(uris: Uris, { moderation_warning: warning }: Notification): Words {
  const link = warning && html` <a href="${uris.baseUrl}/disputes/strikes/${warning.id}">Read more</a>`
  return {
    title: html`A moderator wrote to you`,
    summary: html`<p>It is about your account or what you posted.${link}</p>`,
  }
}

function reported(uris: Uris, { account, report }: Notification): Words | null {
  if (!report) return null
  return {
    title: html`${nameOf(account)} reported ${nameOf(report.target_account)}`,
    summary: html`<p>${report.comment !== '' && html`${report.comment} `}<a href="${uris.baseUrl}/admin/reports/${report.id}">Look at the report</a></p>`,
  }
}

function collected({ type, account, collection }: Notification): Words | null {
  if (!collection) return null
  const name = collection.url
    ? html`<a href="${collection.url}">${collection.name}</a>`
    : html`<strong>${collection.name}</strong>`
  return {
    title:
      type === 'added_to_collection'
        ? html`${nameOf(account)} added you to a collection`
        : html`${nameOf(account)} changed a collection you are in`,
    summary: html`<p>${name}</p>`,
  }
}

function nameOf(account: Account): string {
  return account.display_name.trim() || account.username
}

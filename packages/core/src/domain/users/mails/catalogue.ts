import { UNSUBSCRIBABLE } from '../unsubscribe.ts'
import type { LetterMaker } from './facts.ts'
import * as letters from './letters.ts'
import * as moderationLetters from './moderation-letters.ts'
import { notificationLetters } from './notification-letters.ts'
import * as siteLetters from './site-letters.ts'
import * as staffLetters from './staff-letters.ts'

/** Every mail to users by its name; the names are Mastodon's. The two to readers are in `email-subscriptions`. */
export const TEMPLATES = {
  confirmation_instructions: letters.confirmationInstructions,
  reconfirmation: letters.reconfirmation,
  email_changed: letters.emailChanged,
  reset_password_instructions: letters.resetPasswordInstructions,
  password_change: letters.passwordChange,
  ...letters.securityLetters,
  welcome: letters.welcome,
  backup_ready: letters.backupReady,
  warning: moderationLetters.warning,
  appeal_approved: moderationLetters.appealApproved,
  appeal_rejected: moderationLetters.appealRejected,
  terms_of_service_changed: siteLetters.termsOfServiceChanged,
  announcement_published: siteLetters.announcementPublished,
  ...notificationLetters,
  new_report: staffLetters.newReport,
  new_appeal: staffLetters.newAppeal,
  new_pending_account: staffLetters.newPendingAccount,
  new_trends: staffLetters.newTrends,
  new_software_updates: staffLetters.newSoftwareUpdates,
  new_critical_software_updates: staffLetters.newCriticalSoftwareUpdates,
  auto_close_registrations: letters.autoCloseRegistrations,
} satisfies Record<string, LetterMaker>

export type MailTemplate = keyof typeof TEMPLATES

export const isTemplate = (name: string): name is MailTemplate => Object.hasOwn(TEMPLATES, name)

/** What goes to everyone at once. */
export const isBulk = (template: MailTemplate): boolean =>
  template === 'announcement_published' || template === 'terms_of_service_changed'

/** The kind of notification a template tells of; null for other mails. */
export const notificationKind = (template: MailTemplate) =>
  UNSUBSCRIBABLE.find((kind) => kind === template) ?? null

/** Why one gets a mail whose own words do not say it. */
export function reasonFor(template: MailTemplate): 'because' | 'staff' | null {
  if (isBulk(template)) return 'because'
  return template.startsWith('new_') || template === 'auto_close_registrations' ? 'staff' : null
}

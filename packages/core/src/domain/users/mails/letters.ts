import type { AnnouncementRow } from '@anancus/db'
import type { TermsRow } from '@anancus/db/queries/terms'
import type { Config } from '../../../kernel/config.ts'
import { fullAcct } from '../../../kernel/uris.ts'
import type { Viewer } from '../../../kernel/viewer.ts'
import type { WarningFacts } from '@anancus/db/queries/account-warnings'
import type { Letter } from './letter.ts'
import type { ReportedFacts } from './moderation-letters.ts'

/** What a letter may speak of. */
export interface LetterFacts {
  config: Pick<Config, 'baseUrl' | 'localDomain'>
  siteTitle: string
  viewer: Viewer
  /** Of the letters that carry one: confirmation or reset. */
  token: string
  newEmail: string
  newcomer: { viewer: Viewer; reason: string | null } | null
  terms: TermsRow | null
  announcement: AnnouncementRow | null
  warning: WarningFacts | null
  reported: ReportedFacts | null
  /** What moderators are asked about, in words. */
  trends: { tags: readonly string[]; links: readonly string[]; statuses: readonly string[] } | null
}

const confirmationUrl = ({ config, token }: LetterFacts) =>
  `${config.baseUrl}/auth/confirmation?confirmation_token=${encodeURIComponent(token)}`
const domain = ({ config }: LetterFacts) => config.localDomain

export function confirmationInstructions(facts: LetterFacts): Letter {
  return {
    subject: `Confirm your address for ${domain(facts)}`,
    heading: 'Confirm your e-mail address',
    paragraphs: [
      `You made the account ${fullAcct(facts.config, facts.viewer.account)} with this e-mail address. One click and it is yours.`,
      ...(facts.viewer.user.approved
        ? []
        : [
            'Once your address is confirmed the moderators look at your request. You cannot sign in before; we write to you when they let you in.',
          ]),
    ],
    action: { label: 'Confirm e-mail address', url: confirmationUrl(facts) },
    closing: [
      'The link is good for two days. If it was not you, do nothing: without the link nobody can use the account.',
    ],
  }
}

export function reconfirmation(facts: LetterFacts): Letter {
  return {
    subject: `Confirm your new address for ${domain(facts)}`,
    heading: 'Confirm your new e-mail address',
    paragraphs: [
      `The account ${fullAcct(facts.config, facts.viewer.account)} is about to use this address. Follow the link to make it so.`,
    ],
    action: { label: 'Confirm new address', url: confirmationUrl(facts) },
    closing: ['The link is good for two days. If it was not you, do nothing: the address stays as it is.'],
  }
}

export function emailChanged(facts: LetterFacts): Letter {
  return {
    subject: `Your address for ${domain(facts)} is being changed`,
    heading: 'New e-mail address',
    paragraphs: [
      `The e-mail address of ${fullAcct(facts.config, facts.viewer.account)} will be changed to ${facts.newEmail} as soon as it is confirmed.`,
      'If it was not you, somebody has got into your account: change your password at once, or write to the people who run the server.',
    ],
    action: { label: 'Account settings', url: `${facts.config.baseUrl}/auth/edit` },
  }
}

export function resetPasswordInstructions(facts: LetterFacts): Letter {
  return {
    subject: `Set a new password for ${domain(facts)}`,
    heading: 'Set a new password',
    paragraphs: [
      `Somebody asked for a new password for ${fullAcct(facts.config, facts.viewer.account)}. Follow the link to choose it.`,
    ],
    action: {
      label: 'Choose a password',
      url: `${facts.config.baseUrl}/auth/password/edit?reset_password_token=${encodeURIComponent(facts.token)}`,
    },
    closing: ['The link is good for six hours. If it was not you, do nothing: your password stays as it is.'],
  }
}

export function passwordChange(facts: LetterFacts): Letter {
  return {
    subject: `Your password for ${domain(facts)} was changed`,
    heading: 'Password changed',
    paragraphs: [
      `The password of ${fullAcct(facts.config, facts.viewer.account)} was changed, and every other session and app was signed out.`,
      'If it was not you, ask for a new password at once, or write to the people who run the server.',
    ],
    action: { label: 'Ask for a new password', url: `${facts.config.baseUrl}/auth/password/new` },
  }
}

export function welcome(facts: LetterFacts): Letter {
  return {
    subject: `Welcome to ${facts.siteTitle}`,
    heading: `Welcome, ${facts.viewer.account.username}!`,
    paragraphs: [
      `You are ${fullAcct(facts.config, facts.viewer.account)}. Tell it to friends on any server of the fediverse, and they can follow you.`,
      'A good start: say who you are in your profile, follow a few people, and write your first post.',
    ],
    action: { label: 'Go to your home page', url: `${facts.config.baseUrl}/home` },
  }
}

export function newPendingAccount(facts: LetterFacts): Letter | null {
  if (!facts.newcomer) return null
  const { viewer, reason } = facts.newcomer
  return {
    subject: `${viewer.account.username} asks to join ${domain(facts)}`,
    heading: 'Somebody asks to join',
    paragraphs: [
      `${viewer.account.username} (${viewer.user.email}) waits for your decision.`,
      ...(reason ? [`They say: ${reason}`] : []),
    ],
    action: {
      label: 'Look at the request',
      url: `${facts.config.baseUrl}/admin/accounts/${viewer.account.id}`,
    },
  }
}

export function newTrends(facts: LetterFacts): Letter | null {
  if (!facts.trends) return null
  const { tags, links, statuses } = facts.trends
  const part = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}: ${items.join(' · ')}`]
  return {
    subject: `New trends on ${domain(facts)} wait for a decision`,
    heading: 'May these trend?',
    paragraphs: [
      'They would be among the first three, and nobody has looked at them yet. Until somebody lets them, they are not shown.',
      ...part('Hashtags', tags),
      ...part('Links', links),
      ...part('Posts', statuses),
    ],
    action: {
      label: 'Look at the trends',
      url: `${facts.config.baseUrl}/admin/trends/${trendsPage(facts.trends)}`,
    },
  }
}

/** The page of the first kind there is something to decide about. */
function trendsPage({ tags, links }: { tags: readonly string[]; links: readonly string[] }): string {
  if (tags.length > 0) return 'tags?status=pending_review'
  return links.length > 0 ? 'links' : 'statuses'
}

import type { NotificationFacts } from '@anancus/db/queries/notification-facts'
import { NOTIFICATION_TYPES } from '../../entities/types/index.ts'
import { type Decision, decideNotification } from './decide-notification.ts'

const NOW = new Date('2026-06-15T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

/** A settled stranger, with the default policy. */
const stranger: NotificationFacts = {
  recipient_suspended: false,
  sender_is_recipient: false,
  sender_suspended: false,
  sender_silenced: false,
  sender_is_bot: false,
  sender_created_at: daysAgo(400),
  sender_is_staff: false,
  following: false,
  followed_since: null,
  blocking: false,
  muting_notifications: false,
  domain_blocking: false,
  permitted: false,
  conversation_muted: false,
  involves_blocked: false,
  is_direct: false,
  answers_recipient: false,
  for_not_following: 0,
  for_not_followers: 0,
  for_new_accounts: 0,
  for_private_mentions: 1,
  for_limited_accounts: 1,
  for_bots: 0,
  push_subscription_ids: [],
  user_id: '1',
  user_settings: null,
}

const decide = (facts: Partial<NotificationFacts>, type = 'mention'): Decision =>
  decideNotification({ ...stranger, ...facts }, type, NOW)

const FILTERABLE = [
  'mention',
  'reblog',
  'follow',
  'follow_request',
  'favourite',
  'quote',
  'added_to_collection',
]
const ALL_DROP = {
  for_not_following: 2,
  for_not_followers: 2,
  for_new_accounts: 2,
  for_private_mentions: 2,
  for_limited_accounts: 2,
  for_bots: 2,
}

describe('decideNotification', () => {
  it.each(NOTIFICATION_TYPES)('tells of %s from a settled stranger', (type) => {
    expect(decide({}, type)).toBe('tell')
  })

  it.each<[string, Partial<NotificationFacts>]>([
    ['the recipient is suspended', { recipient_suspended: true }],
    ['the sender is suspended', { sender_suspended: true }],
    ['the sender is blocked', { blocking: true }],
    ['notifications of the sender are muted', { muting_notifications: true }],
    ['the server is hidden', { domain_blocking: true }],
    ['the conversation is muted', { conversation_muted: true }],
    ['somebody blocked is involved', { involves_blocked: true }],
  ])('drops a mention when %s, whatever was permitted', (_name, facts) => {
    expect(decide({ ...facts, permitted: true })).toBe('drop')
  })

  it('lets those through whom the recipient follows although their server is hidden', () => {
    expect(decide({ domain_blocking: true, following: true })).toBe('tell')
  })

  it('asks who else is involved for mentions only', () => {
    expect(decide({ involves_blocked: true }, 'favourite')).toBe('tell')
  })

  it('tells nobody what they did themselves, but for what is about themselves', () => {
    const own = { sender_is_recipient: true, ...ALL_DROP }
    const told = NOTIFICATION_TYPES.filter((type) => decide(own, type) === 'tell')
    expect(told.sort()).toEqual(['annual_report', 'moderation_warning', 'poll', 'severed_relationships'])
  })

  it('lets staff write to everyone they watch over', () => {
    expect(decide({ sender_is_staff: true, blocking: true, is_direct: true, ...ALL_DROP })).toBe('tell')
    expect(decide({ sender_is_staff: true, blocking: true }, 'follow')).toBe('drop')
  })

  it.each(NOTIFICATION_TYPES)('applies the policy to %s only when it can be filtered', (type) => {
    expect(decide({ for_not_following: 1 }, type)).toBe(FILTERABLE.includes(type) ? 'filter' : 'tell')
    expect(decide({ for_not_following: 2 }, type)).toBe(FILTERABLE.includes(type) ? 'drop' : 'tell')
  })

  it('puts private mentions and limited accounts aside by default', () => {
    expect(decide({ is_direct: true })).toBe('filter')
    expect(decide({ sender_silenced: true }, 'favourite')).toBe('filter')
  })

  it.each<[string, Partial<NotificationFacts>, Partial<NotificationFacts>, string]>([
    ['not following', {}, { following: true }, 'for_not_following'],
    ['not followers', {}, { followed_since: daysAgo(4) }, 'for_not_followers'],
    [
      'followers of less than three days',
      { followed_since: daysAgo(2.9) },
      { followed_since: daysAgo(3) },
      'for_not_followers',
    ],
    [
      'new accounts',
      { sender_created_at: daysAgo(29) },
      { sender_created_at: daysAgo(30) },
      'for_new_accounts',
    ],
    [
      'new accounts not followed',
      { sender_created_at: daysAgo(1) },
      { sender_created_at: daysAgo(1), following: true },
      'for_new_accounts',
    ],
    [
      'private mentions',
      { is_direct: true },
      { is_direct: true, answers_recipient: true },
      'for_private_mentions',
    ],
    [
      'private mentions not followed',
      { is_direct: true },
      { is_direct: true, following: true },
      'for_private_mentions',
    ],
    [
      'limited accounts',
      { sender_silenced: true },
      { sender_silenced: true, following: true },
      'for_limited_accounts',
    ],
    ['bots', { sender_is_bot: true }, { sender_is_bot: true, following: true }, 'for_bots'],
  ])('has a policy for %s', (_name, meant, notMeant, subject) => {
    const quiet = { for_private_mentions: 0, for_limited_accounts: 0 }
    expect(decide({ ...quiet, ...meant, [subject]: 1 })).toBe('filter')
    expect(decide({ ...quiet, ...meant, [subject]: 2 })).toBe('drop')
    expect(decide({ ...quiet, ...meant, [subject]: 0 })).toBe('tell')
    expect(decide({ ...quiet, ...notMeant, [subject]: 2 })).toBe('tell')
  })

  it('follows the strictest of the policies that apply', () => {
    expect(decide({ for_not_following: 1, for_not_followers: 2 })).toBe('drop')
    expect(decide({ for_not_following: 1, for_new_accounts: 2 })).toBe('filter')
  })

  it('lets accepted senders through all policies', () => {
    expect(decide({ ...ALL_DROP, is_direct: true, permitted: true })).toBe('tell')
  })
})

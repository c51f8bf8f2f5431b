import type { Announcement } from '@anancus/core/entities/types'
import { withAnnouncement } from './announcements.ts'
import { withReaction } from './with-reaction.ts'

const announcement = (values: Partial<Announcement> = {}): Announcement => ({
  id: '1',
  content: '<p>Hello</p>',
  starts_at: null,
  ends_at: null,
  all_day: false,
  published_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  mentions: [],
  statuses: [],
  tags: [],
  emojis: [],
  reactions: [],
  ...values,
})

describe('an announcement of the stream', () => {
  it('keeps what is ours', () => {
    const known = announcement({ read: true, reactions: [{ name: '👍', count: 1, me: true }] })
    const [merged] = withAnnouncement(
      [known],
      announcement({ content: '<p>New</p>', reactions: [{ name: '👍', count: 4 }] }),
    )
    expect(merged).toMatchObject({
      content: '<p>New</p>',
      read: true,
      reactions: [{ name: '👍', count: 4, me: true }],
    })
  })

  it('is unread when it is new', () => {
    expect(withAnnouncement([], announcement())).toMatchObject([{ read: false }])
  })
})

describe('a reaction of the stream', () => {
  const reactions = [{ name: '👍', count: 1, me: true }]

  it('changes the count, joins the others, or goes', () => {
    expect(withReaction(reactions, { name: '👍', count: 2 })).toEqual([{ name: '👍', count: 2, me: true }])
    expect(withReaction(reactions, { name: '🎉', count: 1 })).toHaveLength(2)
    expect(withReaction(reactions, { name: '👍', count: 0 })).toEqual([])
  })
})

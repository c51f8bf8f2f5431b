import { REPLIES_POLICIES, type StoredRepliesPolicy, stored } from '@anancus/db'
import type { HomeTies } from './home.ts'
import { canShowInList } from './list.ts'

const OWNER = '1'
const AUTHOR = '2'
const MEMBER = '3'
const FOLLOWED = '4'
const STRANGER = '5'

const ties: HomeTies = {
  accountId: OWNER,
  following: new Map([AUTHOR, MEMBER, FOLLOWED].map((id) => [id, { showReblogs: true, languages: null }])),
  blocking: new Set(),
  muting: new Set(),
  blockedBy: new Set(),
  domainBlocking: new Set(),
  inExclusiveList: new Set([AUTHOR]),
}

const shows = (policy: StoredRepliesPolicy, answered: string | null, more: Partial<HomeTies> = {}) =>
  canShowInList(
    { ...ties, ...more },
    { repliesPolicy: stored(REPLIES_POLICIES, policy), memberIds: new Set([AUTHOR, MEMBER]) },
    {
      status: {
        account_id: AUTHOR,
        reply: answered !== null,
        in_reply_to_id: answered && '9',
        in_reply_to_account_id: answered,
        language: 'en',
        reblog_of_id: null,
      },
      reblogged: null,
      mentionedIds: [],
    },
  )

describe('canShowInList', () => {
  it.each([
    ['list', [true, true, true, true, false, false]],
    ['followed', [true, true, true, true, true, false]],
    ['none', [true, true, true, false, false, false]],
  ] as const)(
    '%s: no reply, to oneself, the owner, a member, somebody followed, a stranger',
    (policy, expected) => {
      const answered = [null, AUTHOR, OWNER, MEMBER, FOLLOWED, STRANGER]
      expect(answered.map((id) => shows(policy, id))).toEqual(expected)
    },
  )

  it('shows nothing that the home feed would not, exclusive or not', () => {
    expect(shows('followed', null, { muting: new Set([AUTHOR]) })).toBe(false)
    expect(shows('followed', null, { blockedBy: new Set([AUTHOR]) })).toBe(false)
  })
})

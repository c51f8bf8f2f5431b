import fc from 'fast-check'
import { canShowInHome, canShowTagInHome, type HomeStatus, type HomeTies } from './home.ts'

const ME = 'me'
const AUTHOR = 'author'
const OTHER = 'other'
const MENTIONED = 'mentioned'

const terms = { showReblogs: true, languages: null as string[] | null }

function ties(more: Partial<HomeTies> = {}): HomeTies {
  return {
    accountId: ME,
    following: new Map([[AUTHOR, terms]]),
    blocking: new Set(),
    muting: new Set(),
    blockedBy: new Set(),
    domainBlocking: new Set(),
    inExclusiveList: new Set(),
    ...more,
  }
}

function status(more: Partial<HomeStatus['status']> = {}, rest: Partial<HomeStatus> = {}): HomeStatus {
  return {
    status: {
      account_id: AUTHOR,
      in_reply_to_account_id: null,
      in_reply_to_id: null,
      language: 'en',
      reblog_of_id: null,
      reply: false,
      ...more,
    },
    reblogged: null,
    mentionedIds: [],
    ...rest,
  }
}

const replyTo = (accountId: string) =>
  status({ reply: true, in_reply_to_id: '1', in_reply_to_account_id: accountId })
const reblog = status(
  { reblog_of_id: '1', language: null },
  { reblogged: { accountId: OTHER, domain: 'o.example' } },
)
const mention = status({}, { mentionedIds: [MENTIONED] })
const following = (...ids: string[]) => new Map(ids.map((id) => [id, terms]))

describe('canShowInHome', () => {
  const table: [string, HomeTies, HomeStatus, boolean][] = [
    ['a status of somebody followed', ties(), status(), true],
    [
      'one’s own, whatever else holds',
      ties({ muting: new Set([ME]) }),
      status({ account_id: ME, reply: true }),
      true,
    ],
    ['an answer to a stranger', ties(), replyTo(OTHER), false],
    ['an answer to somebody followed', ties({ following: following(AUTHOR, OTHER) }), replyTo(OTHER), true],
    ['an answer to oneself', ties(), replyTo(ME), true],
    ['an answer of the author to herself', ties(), replyTo(AUTHOR), true],
    [
      'an answer to a status that is gone',
      ties(),
      status({ reply: true, in_reply_to_account_id: OTHER }),
      false,
    ],
    ['an answer to an account that is gone', ties(), status({ reply: true, in_reply_to_id: '1' }), false],
    ['a muted author', ties({ muting: new Set([AUTHOR]) }), status(), false],
    ['a blocked author', ties({ blocking: new Set([AUTHOR]) }), status(), false],
    ['an author who blocks one', ties({ blockedBy: new Set([AUTHOR]) }), status(), false],
    ['a mention of somebody muted', ties({ muting: new Set([MENTIONED]) }), mention, false],
    ['a mention of somebody blocked', ties({ blocking: new Set([MENTIONED]) }), mention, false],
    ['a mention of somebody who blocks one', ties({ blockedBy: new Set([MENTIONED]) }), mention, true],
    ['a reblog', ties(), reblog, true],
    ['a reblog of a muted author', ties({ muting: new Set([OTHER]) }), reblog, false],
    ['a reblog of a blocked author', ties({ blocking: new Set([OTHER]) }), reblog, false],
    [
      'SEC-PRIV-23: a reblog of an author who blocks one',
      ties({ blockedBy: new Set([OTHER]) }),
      reblog,
      false,
    ],
    ['a reblog of a hidden server', ties({ domainBlocking: new Set(['o.example']) }), reblog, false],
    [
      'a reblog of somebody whose reblogs are off',
      ties({ following: new Map([[AUTHOR, { ...terms, showReblogs: false }]]) }),
      reblog,
      false,
    ],
    ['a reblog of something gone', ties(), status({ reblog_of_id: '1' }), false],
    ['a member of an exclusive list', ties({ inExclusiveList: new Set([AUTHOR]) }), status(), false],
    [
      'another language than asked for',
      ties({ following: new Map([[AUTHOR, { ...terms, languages: ['de'] }]]) }),
      status(),
      false,
    ],
    [
      'no language where one is asked for',
      ties({ following: new Map([[AUTHOR, { ...terms, languages: ['de'] }]]) }),
      status({ language: null }),
      true,
    ],
    [
      'a language asked for',
      ties({ following: new Map([[AUTHOR, { ...terms, languages: ['de', 'en'] }]]) }),
      status(),
      true,
    ],
  ]
  it.each(table)('%s', (_, who, what, expected) => {
    expect(canShowInHome(who, what)).toBe(expected)
  })

  it('never shows anybody blocked or muted, however the status involves them', () => {
    const ids = fc.constantFrom(AUTHOR, OTHER, MENTIONED)
    const anyStatus = fc.record({ isReblog: fc.boolean(), isReply: fc.boolean(), mentions: fc.array(ids) })
    fc.assert(
      fc.property(anyStatus, ids, fc.boolean(), ({ isReblog, isReply, mentions }, hidden, isBlock) => {
        const what = status(
          {
            reply: isReply && !isReblog,
            in_reply_to_id: '1',
            in_reply_to_account_id: AUTHOR,
            reblog_of_id: isReblog ? '1' : null,
          },
          { reblogged: isReblog ? { accountId: OTHER, domain: null } : null, mentionedIds: mentions },
        )
        const involved = [AUTHOR, ...(isReblog ? [OTHER] : []), ...mentions]
        const who = ties(isBlock ? { blocking: new Set([hidden]) } : { muting: new Set([hidden]) })
        return canShowInHome(who, what) === !involved.includes(hidden)
      }),
    )
  })
})

describe('canShowTagInHome', () => {
  const table: [string, Partial<HomeTies>, string | null, boolean][] = [
    ['a stranger’s status', {}, null, true],
    ['a hidden server', { domainBlocking: new Set(['o.example']) }, 'o.example', false],
    ['a muted author', { muting: new Set([AUTHOR]) }, null, false],
    ['a mention of somebody blocked', { blocking: new Set([MENTIONED]) }, null, false],
    ['an author who blocks one', { blockedBy: new Set([AUTHOR]) }, null, false],
    ['one’s own, which is there already', { accountId: AUTHOR }, null, false],
  ]
  it.each(table)('%s', (_, more, domain, expected) => {
    expect(canShowTagInHome(ties(more), mention, domain)).toBe(expected)
  })
})

import { type StoredVisibility, stored, VISIBILITIES } from '@anancus/db'
import fc from 'fast-check'
import { canFavourite, canReblog, canReply, canShow, type StatusFacts } from './status.ts'

const AUTHOR = '1'
const VIEWER = '2'

function facts(visibility: StoredVisibility, more: Partial<StatusFacts> = {}): StatusFacts {
  return {
    status: { account_id: AUTHOR, visibility: stored(VISIBILITIES, visibility) },
    authorSuspended: false,
    isFollower: false,
    isMentioned: false,
    blockedByAuthor: false,
    blockingAuthor: false,
    ...more,
  }
}

/** Each viewer of the tables: who asks, and how she stands to the author. */
const viewers = {
  anonymous: [null, {}],
  stranger: [VIEWER, {}],
  follower: [VIEWER, { isFollower: true }],
  mentioned: [VIEWER, { isMentioned: true }],
  blocked: [VIEWER, { blockedByAuthor: true }],
  blocking: [VIEWER, { blockingAuthor: true }],
  author: [AUTHOR, {}],
} as const satisfies Record<string, readonly [string | null, Partial<StatusFacts>]>

type Who = keyof typeof viewers
const ALL = Object.keys(viewers) as Who[]

function whoMay(visibility: StoredVisibility, may: (viewerId: string, facts: StatusFacts) => boolean): Who[] {
  return ALL.filter((who) => {
    const [viewerId, more] = viewers[who]
    return viewerId !== null && may(viewerId, facts(visibility, more))
  })
}

describe('canShow', () => {
  const table: [StoredVisibility, Who[]][] = [
    ['public', ['anonymous', 'stranger', 'follower', 'mentioned', 'blocking', 'author']],
    ['unlisted', ['anonymous', 'stranger', 'follower', 'mentioned', 'blocking', 'author']],
    ['private', ['follower', 'mentioned', 'author']],
    ['direct', ['mentioned', 'author']],
    ['limited', ['mentioned', 'author']],
  ]
  it.each(table)('SEC-PRIV-09: shows a %s status to %j', (visibility, expected) => {
    const seen = ALL.filter((who) => canShow(viewers[who][0], facts(visibility, viewers[who][1])))
    expect(seen).toEqual(expected)
  })

  it('shows nothing of a suspended author, not even to the author', () => {
    for (const visibility of VISIBILITIES)
      for (const who of ALL) {
        const [viewerId, more] = viewers[who]
        expect(canShow(viewerId, facts(visibility, { ...more, authorSuspended: true }))).toBe(false)
      }
  })

  it('hides public statuses from a server the author hides', () => {
    expect(canShow(VIEWER, facts('public', { serverBlockedByAuthor: true }))).toBe(false)
  })

  it('lets nobody anonymous see more than what is public, whatever the facts say', () => {
    const anyFacts = fc.record({
      visibility: fc.constantFrom(...VISIBILITIES),
      isFollower: fc.boolean(),
      isMentioned: fc.boolean(),
    })
    fc.assert(
      fc.property(anyFacts, ({ visibility, ...more }) => {
        const isPublic = visibility === 'public' || visibility === 'unlisted'
        return canShow(null, facts(visibility, more)) === isPublic
      }),
    )
  })
})

describe('canReblog', () => {
  const table: [StoredVisibility, Who[]][] = [
    ['public', ['stranger', 'follower', 'mentioned', 'author']],
    ['unlisted', ['stranger', 'follower', 'mentioned', 'author']],
    ['private', ['author']],
    ['direct', []],
    ['limited', []],
  ]
  it.each(table)('lets a %s status be reblogged by %j', (visibility, expected) => {
    expect(whoMay(visibility, canReblog)).toEqual(expected)
  })
})

describe('canFavourite and canReply', () => {
  it('SEC-PRIV-07: follow what can be seen; favouring asks for no block either way', () => {
    for (const visibility of VISIBILITIES) {
      const seen = whoMay(visibility, canShow)
      expect(whoMay(visibility, canReply)).toEqual(seen)
      expect(whoMay(visibility, canFavourite)).toEqual(seen.filter((who) => who !== 'blocking'))
    }
  })
})

import type { AccountRow, StatusRow } from '@anancus/db'
import { stored, VISIBILITIES } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import {
  bookmarkStatus,
  favouriteStatus,
  listBookmarks,
  listFavouriters,
  listFavourites,
  listRebloggers,
  reblogStatus,
  unbookmarkStatus,
  unfavouriteStatus,
  unreblogStatus,
} from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const alice = () => cast.alice.account
const bob = () => cast.bob.account
const statsOf = (status: StatusRow) => ctx.db('status_stats').where({ status_id: status.id }).first()
const names = async () => (await peekQueues(ctx)).map((job) => job.name)
const page = { limit: 20 }

describe('favouriteStatus', () => {
  it('counts once and tells the author once, however often and at the same time', async () => {
    const status = await make.status({ account: bob() })
    await Promise.all(Array.from({ length: 6 }, () => favouriteStatus(ctx, alice(), status)))
    expect((await statsOf(status)).favourites_count).toBe('1')
    const [favourite] = await ctx.db('favourites')
    expect(await peekQueues(ctx)).toEqual([
      {
        name: 'notifications.notify',
        payload: {
          recipientId: bob().id,
          type: 'favourite',
          activityType: 'Favourite',
          activityId: favourite.id,
          fromAccountId: alice().id,
        },
      },
    ])
  })

  it('likes the original of a reblog', async () => {
    const status = await make.status({ account: bob() })
    const reblog = await make.status({ account: cast.eve.account, reblogOf: status })
    await favouriteStatus(ctx, alice(), reblog)
    expect(await ctx.db('favourites').pluck('status_id')).toEqual([status.id])
  })

  it('sends a Like to the author alone, and an Undo of the very same', async () => {
    const status = await make.status({ account: cast.carol })
    await favouriteStatus(ctx, alice(), status)
    await unfavouriteStatus(ctx, alice(), status)
    const [like, undo] = await sentActivities(ctx)
    expect(like).toMatchObject({
      inboxUrl: cast.carol.inbox_url,
      activity: { type: 'Like', object: status.uri },
    })
    expect(undo).toMatchObject({ inboxUrl: cast.carol.inbox_url, activity: { type: 'Undo' } })
    expect({ '@context': like?.activity['@context'], ...(undo?.activity.object as object) }).toEqual(
      like?.activity,
    )
  })

  it('takes a remote favourite of ours, and tells its author but no server', async () => {
    const status = await make.status({ account: alice() })
    await favouriteStatus(ctx, cast.carol, status, { uri: 'https://mastodon.example/likes/1' })
    expect(await ctx.db('favourites').pluck('uri')).toEqual(['https://mastodon.example/likes/1'])
    expect(await names()).toEqual(['notifications.notify'])
  })

  it('does not tell anybody of their own', async () => {
    await favouriteStatus(ctx, alice(), await make.status({ account: alice() }))
    expect(await names()).toEqual([])
  })

  it('SEC-PRIV-07 is not found where the status is hidden, and refused where one blocks', async () => {
    const hidden = await make.status({ account: bob(), visibility: 'private' })
    const direct = await make.status({ account: bob(), visibility: 'direct' })
    for (const status of [hidden, direct])
      await expect(favouriteStatus(ctx, alice(), status)).rejects.toThrow(new NotFoundError('Not Found'))
    const blocked = await make.status({ account: cast.mallory.account })
    await expect(favouriteStatus(ctx, alice(), blocked)).rejects.toThrow(ForbiddenError)
    const blocking = await make.status({ account: alice() })
    await expect(favouriteStatus(ctx, cast.mallory.account, blocking)).rejects.toThrow(NotFoundError)
    expect(await ctx.db('favourites')).toHaveLength(0)
  })

  it('takes at most 8 statements', async () => {
    const local = await make.status({ account: bob() })
    const remote = await make.status({ account: cast.carol })
    const counts = [
      (await countStatements(() => favouriteStatus(ctx, alice(), local))).count,
      (await countStatements(() => favouriteStatus(ctx, alice(), remote))).count,
    ]
    expect(Math.max(...counts)).toBeLessThanOrEqual(8)
    expect(counts).toEqual([3, 5])
  })
})

describe('unfavouriteStatus', () => {
  it('counts down, takes the notification away, and is no error when there is none', async () => {
    const status = await make.status({ account: bob() })
    const favourite = await make.favourite({ account: alice(), status })
    await make.notification({ account: bob(), from: alice(), type: 'favourite', activity: favourite })
    expect(await unfavouriteStatus(ctx, alice(), status)).toBe(true)
    expect(await unfavouriteStatus(ctx, alice(), status)).toBe(false)
    expect((await statsOf(status)).favourites_count).toBe('0')
    expect(await ctx.db('notifications')).toHaveLength(0)
  })

  it('SEC-PRIV-02 works for who has lost sight of the status', async () => {
    const status = await make.status({ account: bob(), visibility: 'private' })
    await make.favourite({ account: alice(), status })
    expect(await unfavouriteStatus(ctx, alice(), status)).toBe(true)
  })
})

describe('reblogStatus', () => {
  it('makes one reblog, however often and at the same time, and counts it', async () => {
    const status = await make.status({ account: bob() })
    const reblogs = await Promise.all(Array.from({ length: 6 }, () => reblogStatus(ctx, alice(), status)))
    expect(new Set(reblogs.map(({ id }) => id)).size).toBe(1)
    expect((await statsOf(status)).reblogs_count).toBe('1')
    expect((await names()).sort()).toEqual(['notifications.notify', 'statuses.distribute'])
    const [reblog] = reblogs
    expect(reblog).toMatchObject({ reblog_of_id: status.id, local: true, conversation_id: null, text: '' })
    expect(reblog?.uri).toMatch(new RegExp(`/statuses/${reblog?.id}/activity$`))
  })

  it('reblogs the original, and can be taken back and done again', async () => {
    const status = await make.status({ account: bob() })
    const others = await make.status({ account: cast.eve.account, reblogOf: status })
    const first = await reblogStatus(ctx, alice(), others)
    expect(first.reblog_of_id).toBe(status.id)
    expect(await unreblogStatus(ctx, alice(), status)).toBe(true)
    expect(await unreblogStatus(ctx, alice(), status)).toBe(false)
    const second = await reblogStatus(ctx, alice(), status)
    expect(second.id).not.toBe(first.id)
    expect((await statsOf(status)).reblogs_count).toBe('2')
  })

  it.each([
    ['public', undefined, 'public'],
    ['public', 'unlisted', 'unlisted'],
    ['public', 'private', 'private'],
    ['unlisted', 'public', 'public'],
  ] as const)('of a %s one as %s is %s', async (of, wanted, expected) => {
    const status = await make.status({ account: bob(), visibility: of })
    const reblog = await reblogStatus(ctx, alice(), status, { visibility: wanted })
    expect(reblog.visibility).toBe(stored(VISIBILITIES, expected))
  })

  it('keeps an own private status private', async () => {
    const status = await make.status({ account: alice(), visibility: 'private' })
    const reblog = await reblogStatus(ctx, alice(), status, { visibility: 'public' })
    expect(reblog.visibility).toBe(stored(VISIBILITIES, 'private'))
  })

  it('refuses what cannot be spread', async () => {
    await make.follow({ account: alice(), target: bob() })
    const hidden = await make.status({ account: bob(), visibility: 'private' })
    const named = await make.status({ account: bob(), visibility: 'direct', mentions: [alice()] })
    const blocked = await make.status({ account: cast.mallory.account })
    for (const status of [hidden, named, blocked])
      await expect(reblogStatus(ctx, alice(), status)).rejects.toThrow(ForbiddenError)
    const unseen = await make.status({ account: cast.eve.account, visibility: 'private' })
    await expect(reblogStatus(ctx, alice(), unseen)).rejects.toThrow(NotFoundError)
    const status = await make.status({ account: bob() })
    await expect(reblogStatus(ctx, alice(), status, { visibility: 'direct' })).rejects.toThrow(
      new ValidationError('Validation failed: Visibility is reserved'),
    )
  })

  it('dates a remote reblog back, and one address makes one', async () => {
    const status = await make.status({ account: alice() })
    const options = {
      uri: 'https://mastodon.example/announces/1',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    }
    const reblog = await reblogStatus(ctx, cast.carol, status, { ...options, visibility: 'public' })
    const newer = await make.status({ account: bob(), created_at: new Date('2026-01-02T00:00:00Z') })
    expect(reblog).toMatchObject({ uri: options.uri, created_at: options.createdAt, local: false })
    expect(BigInt(reblog.id)).toBeLessThan(BigInt(newer.id))
    expect((await reblogStatus(ctx, cast.carol, status, options)).id).toBe(reblog.id)
    const other = await make.status({ account: alice() })
    await expect(reblogStatus(ctx, cast.carol, other, options)).rejects.toThrow('temporary problem')
  })
})

describe('bookmarkStatus', () => {
  it('is told to nobody, repeated without error, and needs access', async () => {
    const status = await make.status({ account: cast.carol })
    await bookmarkStatus(ctx, alice(), status)
    await bookmarkStatus(ctx, alice(), status)
    expect(await ctx.db('bookmarks')).toHaveLength(1)
    expect(await names()).toEqual([])
    const hidden = await make.status({ account: bob(), visibility: 'direct' })
    await expect(bookmarkStatus(ctx, alice(), hidden)).rejects.toThrow(NotFoundError)
    expect(await unbookmarkStatus(ctx, alice(), status)).toBe(true)
    expect(await unbookmarkStatus(ctx, alice(), status)).toBe(false)
  })
})

describe('lists', () => {
  it('SEC-PRIV-22 favourites and bookmarks leave out what is no longer visible or there', async () => {
    const seen = await make.status({ account: bob() })
    const lost = await make.status({ account: bob(), visibility: 'private' })
    const gone = await make.status({ account: bob(), deleted_at: new Date() })
    for (const status of [seen, lost, gone]) {
      await make.favourite({ account: alice(), status })
      await make.bookmark({ account: alice(), status })
    }
    for (const list of [listFavourites, listBookmarks])
      expect((await list(ctx, cast.alice, page)).map((row) => row.status_id)).toEqual([seen.id])
  })

  it('pages by the rows of the marks, in both directions', async () => {
    const marks = []
    for (let index = 0; index < 5; index++) {
      const status = await make.status({ account: bob() })
      marks.push(await make.favourite({ account: alice(), status }))
    }
    const ids = marks.map((mark) => mark.id)
    const rows = async (window: object) =>
      (await listFavourites(ctx, cast.alice, { limit: 2, ...window })).map((row) => row.row_id)
    expect(await rows({})).toEqual([ids[4], ids[3]])
    expect(await rows({ maxId: ids[3] })).toEqual([ids[2], ids[1]])
    expect(await rows({ sinceId: ids[1] })).toEqual([ids[4], ids[3]])
    expect(await rows({ minId: ids[1] })).toEqual([ids[3], ids[2]])
  })

  it('who acted is shown as far as the viewer meets them; private reblogs are not told', async () => {
    const status = await make.status({ account: bob() })
    const muted = await make.account()
    const suspended = await make.account({ suspended_at: new Date() })
    const silent = await make.account()
    await make.mute({ account: alice(), target: muted })
    const acting: AccountRow[] = [cast.mallory.account, cast.eve.account, muted, suspended]
    for (const account of acting) {
      await make.favourite({ account, status })
      await make.status({ account, reblogOf: status })
    }
    await make.status({ account: silent, reblogOf: status, visibility: 'private' })
    for (const list of [listFavouriters, listRebloggers]) {
      const shown = async (viewer: Parameters<typeof list>[1]) =>
        (await list(ctx, viewer, status.id, page)).map((row) => row.account_id)
      expect(await shown(cast.alice)).toEqual([cast.eve.account.id])
      expect(await shown(null)).toEqual([muted.id, cast.eve.account.id, cast.mallory.account.id])
    }
  })
})

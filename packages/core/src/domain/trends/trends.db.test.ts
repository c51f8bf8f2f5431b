import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { fixedClock } from '../../kernel/clock.ts'
import { favouriteStatus, reblogStatus } from '../interactions/index.ts'
import { savePreferences, saveSettings } from '../settings/index.ts'
import { distributeStatus } from '../statuses/index.ts'
import {
  listTrendingLinks,
  listTrendingStatuses,
  listTrendingTags,
  refreshTrends,
  registerLink,
  registerStatus,
  requestReviews,
  reviewLink,
  reviewProvider,
  reviewStatus,
  reviewTag,
  updateTag,
} from './index.ts'
import { usedToday } from './uses.ts'

const HOUR = 3_600_000
const NOON = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`)
const clock = fixedClock(NOON)
let ctx: TestContext
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = (await testContext({ clock })) as TestContext
  registerHandlers(allHandlers)
})
beforeEach(async () => {
  clock.set(NOON)
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const people = (count: number, values: Partial<AccountRow> = {}) =>
  Promise.all(Array.from({ length: count }, () => make.account({ discoverable: true, ...values })))
const query = (more: object = {}) => ({ limit: 20, offset: 0, locale: 'en', ...more })

async function tagged(tag: string, accounts: readonly AccountRow[], values: object = {}): Promise<void> {
  for (const account of accounts) {
    const status = await make.status({ account, tags: [tag], ...values })
    await registerStatus(ctx, status, account)
  }
}
const tagNames = async (viewer = null as never, more: object = {}) =>
  (await listTrendingTags(ctx, viewer, query(more))).map((shown) => shown.tag.name)
const tagId = async (name: string) => (await ctx.db('tags').where({ name }).first('id')).id as string
const trendOf = async (name: string) =>
  ctx
    .db('tag_trends')
    .where({ tag_id: await tagId(name) })
    .first()

const ARTICLE = { link_type: 1, image_file_name: 'a.png', language: 'en' }

describe('hashtags', () => {
  it('trend when five accounts use them, once a moderator or the setting lets them', async () => {
    await tagged('five', await people(5))
    await tagged('four', await people(4))
    await refreshTrends(ctx)
    expect(await trendOf('five')).toMatchObject({ score: 16, rank: 1, allowed: false, language: '' })
    expect(await trendOf('four')).toBeUndefined()
    expect(await tagNames()).toEqual([])
    await reviewTag(ctx, await tagId('five'), true)
    expect(await tagNames()).toEqual(['five'])
    await reviewTag(ctx, await tagId('five'), false)
    expect(await tagNames()).toEqual([])
    await saveSettings(ctx, { trendable_by_default: true })
    await refreshTrends(ctx)
    expect(await tagNames()).toEqual([]) // refused is refused
    await ctx.db('tags').update({ trendable: null })
    await refreshTrends(ctx)
    expect(await tagNames()).toEqual(['five'])
    await saveSettings(ctx, { trends: false })
    expect(await tagNames()).toEqual([])
  })

  it('count accounts, not posts, of originals in public by those who are heard', async () => {
    const [one] = await people(1)
    await tagged(
      'spam',
      Array.from({ length: 9 }, () => one as AccountRow),
    )
    await tagged('unlisted', await people(6), { visibility: 'unlisted' })
    await tagged('limited', await people(6, { silenced_at: new Date() }))
    const original = await make.status({ account: cast.alice.account, tags: ['boosted'] })
    for (const account of await people(6)) {
      const reblog = await make.status({ account, reblogOf: original })
      await registerStatus(ctx, reblog, account)
    }
    await tagged('refused', await people(4))
    await updateTag(ctx, await tagId('refused'), { usable: false })
    await tagged('refused', await people(4))
    await refreshTrends(ctx)
    expect(await ctx.db('tag_trends')).toEqual([])
  })

  it('score by how far they rise above yesterday, keep their peak, and fade by half every four hours', async () => {
    await tagged('old', await people(5))
    clock.advance(24 * HOUR)
    await tagged('old', await people(10))
    await tagged('new', await people(10))
    await refreshTrends(ctx)
    expect((await trendOf('old')).score).toBeCloseTo(5) // (10 − 5)² / 5
    expect((await trendOf('new')).score).toBeCloseTo(81) // (10 − 1)² / 1
    expect(await ctx.db('tag_trends').orderBy('rank').pluck('tag_id')).toEqual([
      await tagId('new'),
      await tagId('old'),
    ])
    clock.advance(4 * HOUR)
    await refreshTrends(ctx)
    expect((await trendOf('new')).score).toBeCloseTo(40.5)
    clock.advance(8 * HOUR)
    await refreshTrends(ctx)
    expect((await trendOf('new')).score).toBeCloseTo(10.125)
    expect(await trendOf('old')).toBeUndefined() // below 1
    clock.advance(40 * HOUR)
    await refreshTrends(ctx)
    expect(await ctx.db('tag_trends')).toEqual([])
  })
})

describe('links', () => {
  const share = async (card: { id: string }, account: AccountRow, values: object = {}) => {
    const status = await make.status({ account, ...values })
    await ctx.db('preview_cards_statuses').insert({ status_id: status.id, preview_card_id: card.id })
    await registerLink(ctx, status)
    return status
  }

  it('trend by who shares them, author or booster, in the order of the reader', async () => {
    const english = await make.card(ARTICLE)
    const german = await make.card({ ...ARTICLE, language: 'de' })
    const [author, ...boosters] = await people(8)
    const original = await share(english, author as AccountRow)
    for (const account of boosters)
      await registerStatus(ctx, await make.status({ account, reblogOf: original }), account)
    for (const account of await people(6)) await share(german, account)
    await refreshTrends(ctx)
    await reviewLink(ctx, english.id, true)
    await reviewLink(ctx, german.id, true)
    const ids = async (locale: string, viewer: unknown = null) =>
      (await listTrendingLinks(ctx, viewer as never, query({ locale }))).map((link) => link.card.id)
    expect(await ids('en')).toEqual([english.id, german.id])
    expect(await ids('de')).toEqual([german.id, english.id])
    expect(await ids('fr')).toEqual([english.id, german.id])
    const reader = { ...cast.bob, user: { ...cast.bob.user, chosen_languages: ['de'] } }
    expect(await ids('en', reader)).toEqual([german.id, english.id])
    const [link] = await listTrendingLinks(ctx, null, query())
    expect(link?.history).toHaveLength(7)
    expect(link?.history[0]).toEqual({
      day: String(NOON.getTime() / 1000 - 12 * 3600),
      accounts: '8',
      uses: '8',
    })
  })

  it.each<[string, object, object]>([
    ['no article', { ...ARTICLE, link_type: 0 }, {}],
    ['a film', { ...ARTICLE, type: 2 }, {}],
    ['no picture', { ...ARTICLE, image_file_name: null }, {}],
    ['no description', { ...ARTICLE, description: '' }, {}],
    ['no publisher', { ...ARTICLE, provider_name: '' }, {}],
    ['no language', { ...ARTICLE, language: null }, {}],
    ['a content warning', ARTICLE, { spoiler_text: 'cw' }],
    ['sensitive', ARTICLE, { sensitive: true }],
    ['followers only', ARTICLE, { visibility: 'private' }],
  ])('do not trend: %s', async (_, card, status) => {
    const row = await make.card(card)
    for (const account of await people(6)) await share(row, account, status)
    await refreshTrends(ctx)
    expect(await ctx.db('preview_card_trends')).toEqual([])
  })

  it('follow their publisher, the nearest domain that was judged, unless judged themselves', async () => {
    const card = await make.card({ ...ARTICLE, url: 'https://www.paper.example/1' })
    const other = await make.card({ ...ARTICLE, url: 'https://blog.paper.example/2' })
    for (const each of [card, other]) for (const account of await people(6)) await share(each, account)
    const [paper] = await ctx
      .db('preview_card_providers')
      .insert([
        { domain: 'paper.example', created_at: NOON, updated_at: NOON },
        {
          domain: 'blog.paper.example',
          trendable: false,
          reviewed_at: NOON,
          created_at: NOON,
          updated_at: NOON,
        },
      ])
      .returning('id')
    await reviewProvider(ctx, paper.id, true)
    await refreshTrends(ctx)
    const shown = async () => (await listTrendingLinks(ctx, null, query())).map((link) => link.card.id)
    expect(await shown()).toEqual([card.id])
    await reviewLink(ctx, card.id, false)
    await reviewLink(ctx, other.id, true)
    await refreshTrends(ctx)
    expect(await shown()).toEqual([other.id])
  })
})

describe('statuses', () => {
  const popular = async (values: object = {}, stats: object = {}): Promise<StatusRow> => {
    const account = (values as { account?: AccountRow }).account ?? (await people(1))[0]
    const status = await make.status({
      account,
      language: 'en',
      created_at: new Date(clock.now().getTime() - HOUR),
      stats: { favourites_count: 5, reblogs_count: 4, ...stats },
      ...values,
    } as never)
    await ctx.redis.sadd(
      `${ctx.config.redis.prefix}trending_statuses:used:${NOON.getTime() / 1000 - 12 * 3600}`,
      status.id,
    )
    return status
  }
  const shown = async (viewer: unknown = null, more: object = {}) =>
    listTrendingStatuses(ctx, viewer as never, query(more))
  beforeEach(() => saveSettings(ctx, { trendable_by_default: true }))

  it('trend by reblogs and favourites, fading by half every hour', async () => {
    const status = await popular()
    await refreshTrends(ctx)
    const score = async () => (await ctx.db('status_trends').where({ status_id: status.id }).first())?.score
    expect(await score()).toBeCloseTo(32) // (9 − 1)² / 1, an hour old
    expect(await shown()).toEqual([status.id])
    clock.advance(6 * HOUR)
    await refreshTrends(ctx)
    expect(await score()).toBeCloseTo(0.5)
    clock.advance(HOUR)
    await refreshTrends(ctx)
    expect(await score()).toBeUndefined()
  })

  it('are counted by favouriting and reblogging', async () => {
    const account = (await people(1))[0] as AccountRow
    const status = await make.status({ account })
    const reply = await make.status({ account, inReplyTo: status })
    await favouriteStatus(ctx, cast.bob.account, reply)
    expect(await usedToday(ctx, 'statuses')).toEqual([])
    await favouriteStatus(ctx, cast.bob.account, status)
    expect(await usedToday(ctx, 'statuses')).toEqual([status.id])
    await ctx.redis.del(
      `${ctx.config.redis.prefix}trending_statuses:used:${NOON.getTime() / 1000 - 12 * 3600}`,
    )
    const reblog = await reblogStatus(ctx, cast.bob.account, status)
    await distributeStatus(ctx, { statusId: reblog.id, kind: 'create' })
    expect(await usedToday(ctx, 'statuses')).toEqual([status.id])
  })

  it.each<[string, object]>([
    ['unlisted', { visibility: 'unlisted' }],
    ['with a warning', { spoiler_text: 'cw' }],
    ['sensitive', { sensitive: true }],
    ['without a language', { language: null }],
    ['in no language', { language: 'klingon' }],
    ['a reply', { reply: true }],
    ['too little known', { stats: { favourites_count: 4, reblogs_count: 0 } }],
    ['deleted', { deleted_at: NOON }],
  ])('do not trend: %s', async (_, values) => {
    await popular(values)
    await refreshTrends(ctx)
    expect(await shown()).toEqual([])
  })

  it.each<[string, Partial<AccountRow>]>([
    ['does not want to be found', { discoverable: false }],
    ['never said', { discoverable: null }],
    ['is limited', { silenced_at: NOON }],
    ['is suspended', { suspended_at: NOON }],
    ['is sensitive', { sensitized_at: NOON }],
    ['was refused', { trendable: false }],
  ])('do not trend when their author %s', async (_, account) => {
    await popular({ account: await make.account({ discoverable: true, ...account }) })
    await refreshTrends(ctx)
    expect(await shown()).toEqual([])
  })

  it('do not trend with a quote of what may not', async () => {
    const hidden = await make.status({ account: (await people(1))[0], visibility: 'unlisted' } as never)
    const open = await make.status({ account: (await people(1))[0] } as never)
    await popular({ quoteOf: hidden })
    const fine = await popular({ quoteOf: open })
    await refreshTrends(ctx)
    expect(await shown()).toEqual([fine.id])
  })

  it('are one of each author, and none of whom the reader keeps out of sight', async () => {
    const [author, blocked, muted] = await people(3)
    await popular({ account: author })
    const better = await popular({ account: author }, { favourites_count: 50 })
    const third = await popular({ account: blocked }, { favourites_count: 30 })
    const fourth = await popular({ account: muted }, { favourites_count: 20 })
    const remote = await make.remoteAccount({ domain: 'far.example', discoverable: true })
    const fifth = await popular({ account: remote }, { favourites_count: 10 })
    await refreshTrends(ctx)
    expect(await shown()).toEqual([better.id, third.id, fourth.id, fifth.id])
    await make.block({ account: cast.bob.account, target: blocked as AccountRow })
    await make.mute({ account: cast.bob.account, target: muted as AccountRow })
    await make.domainBlock({ account: cast.bob.account, domain: 'far.example' })
    expect(await shown(cast.bob)).toEqual([better.id])
    await make.block({ account: cast.ada.account, target: blocked as AccountRow })
    expect(await shown(cast.ada)).not.toContain(third.id)
    expect(await shown(cast.ada, { isForReview: true })).toContain(third.id)
    expect(await shown(null, { limit: 2, offset: 1 })).toEqual([third.id, fourth.id])
  })

  it('vanish at once when their author hides them, is limited or refused', async () => {
    const status = await popular()
    await refreshTrends(ctx)
    await ctx.db('accounts').where({ id: status.account_id }).update({ silenced_at: NOON })
    expect(await shown()).toEqual([])
    await ctx.db('accounts').where({ id: status.account_id }).update({ silenced_at: null })
    expect(await shown()).toEqual([status.id])
    await reviewStatus(ctx, status.id, false)
    expect(await shown()).toEqual([])
  })
})

describe('asking moderators', () => {
  const mails = () => ctx.mailer.sent.map((mail) => `${mail.to}\n${mail.subject}\n${mail.text}`)

  it('asks once about what would be among the first three, those who want such mail', async () => {
    ctx.mailer.sent.length = 0
    await savePreferences(ctx, cast.mo.user, { 'notification_emails.trends': false })
    await tagged('fresh', await people(6))
    const card = await make.card({ ...ARTICLE, url: 'https://www.paper.example/1', title: 'The story' })
    for (const account of await people(6)) {
      const status = await make.status({ account })
      await ctx.db('preview_cards_statuses').insert({ status_id: status.id, preview_card_id: card.id })
      await registerLink(ctx, status)
    }
    await refreshTrends(ctx)
    await requestReviews(ctx)
    await drainQueues(ctx)
    const [mail] = mails()
    expect(mails()).toHaveLength(1) // mo wants no such mail
    expect(mail).toContain(cast.ada.user.email)
    expect(mail).toContain('#fresh')
    expect(mail).toContain('The story (https://www.paper.example/1)')
    expect(await ctx.db('preview_card_providers').first()).toMatchObject({
      domain: 'www.paper.example',
      requested_review_at: NOON,
    })
    await requestReviews(ctx)
    await drainQueues(ctx)
    expect(mails()).toHaveLength(1)
  })

  it('does not ask about what stands below the third, was judged, or while trends are off', async () => {
    ctx.mailer.sent.length = 0
    for (const [place, name] of ['first', 'second', 'third'].entries()) {
      await tagged(name, await people(9 - place))
      await reviewTag(ctx, await tagId(name), true)
    }
    await tagged('fourth', await people(6))
    await tagged('refused', await people(12))
    await reviewTag(ctx, await tagId('refused'), false)
    await refreshTrends(ctx)
    await requestReviews(ctx)
    await tagged('above', await people(10))
    await refreshTrends(ctx)
    await saveSettings(ctx, { trends: false })
    await requestReviews(ctx)
    await drainQueues(ctx)
    expect(mails()).toEqual([])
    await saveSettings(ctx, { trends: true })
    await requestReviews(ctx)
    await drainQueues(ctx)
    expect(mails()).toHaveLength(2)
    expect(mails()[0]).toContain('#above')
    expect(mails()[0]).not.toContain('#fourth')
  })
})

it('takes as many statements for forty items as for two', async () => {
  const fill = async (count: number) => {
    const accounts = await people(6)
    for (let each = 0; each < count; each++) await tagged(`tag${each}`, accounts)
  }
  await saveSettings(ctx, { trendable_by_default: true })
  await fill(2)
  await refreshTrends(ctx)
  await listTrendingTags(ctx, null, query())
  const few = [
    await countStatements(() => refreshTrends(ctx)),
    await countStatements(() => listTrendingTags(ctx, null, query())),
  ]
  await fill(40)
  await refreshTrends(ctx)
  const many = [
    await countStatements(() => refreshTrends(ctx)),
    await countStatements(() => listTrendingTags(ctx, null, query({ limit: 40 }))),
  ]
  expect(many.map(({ count }) => count)).toEqual(few.map(({ count }) => count))
})

import { recordVisit } from '@anancus/core/domain/instance'
import { favouriteStatus } from '@anancus/core/domain/interactions'
import { redisKey } from '@anancus/core/kernel/redis-keys'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { permissionMask } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let ada: TestClient

/** Today, midday; yesterday and the day before. */
const NOW = new Date('2026-05-10T12:00:00Z')
const TODAY = '2026-05-10'
const YESTERDAY = '2026-05-09'
const EARLIER = '2026-05-07'
const span = { start_at: YESTERDAY, end_at: TODAY }
const at = (day: string) => new Date(`${day}T08:00:00Z`)

beforeAll(async () => {
  ctx = await testContext({ clock: { now: () => NOW } })
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  await ctx.db('users').update({ created_at: at('2026-01-01'), current_sign_in_at: at('2026-01-01') })
  ada = web.as(await make.token({ user: cast.ada.user, scopes: 'admin:read' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const outcome = (answer: TestAnswer) => [answer.status, answer.body]
const PATHS = ['/api/v1/admin/measures', '/api/v1/admin/dimensions', '/api/v1/admin/retention'] as const
const [MEASURES, DIMENSIONS, RETENTION] = PATHS

async function measure(key: string, params: object = {}, time: object = span) {
  const answer = await ada.post(MEASURES, { json: { keys: [key], ...time, [key]: params } })
  expect(answer.status).toBe(200)
  expect(answer.body).toHaveLength(1)
  return answer.body[0]
}

async function dimension(key: string, more: object = {}) {
  const answer = await ada.post(DIMENSIONS, { json: { keys: [key], ...span, ...more } })
  expect(answer.status).toBe(200)
  return answer.body[0]
}

const byDay = (yesterday: string, today: string) => [
  { date: YESTERDAY, value: yesterday },
  { date: TODAY, value: today },
]

describe('SEC-AUTH-21: the numbers of the dashboard', () => {
  it.each(PATHS)('%s asks who wants them before anything is counted', async (path) => {
    const json = { keys: ['new_users', 'languages', 'instance_accounts'], ...span }
    const role = await make.role({ permissions: permissionMask('manage_users', 'manage_reports') })
    const { user } = await make.user({ role_id: role.id })
    const others = [
      web,
      web.as(await make.token({ user: cast.bob.user, scopes: 'admin:read' })),
      web.as(await make.token({ user, scopes: 'admin:read' })),
    ]
    for (const client of others) {
      const { count, texts } = await countStatements(async () => {
        expect(outcome(await client.post(path, { json }))).toEqual([
          403,
          { error: 'This action is not allowed' },
        ])
      })
      expect(count).toBeLessThanOrEqual(2)
      expect(texts.join().match(/count\(|current_sign_in_at >=/)).toBeNull()
    }
    const narrow = web.as(await make.token({ user: cast.ada.user, scopes: 'admin:read:accounts' }))
    expect(outcome(await narrow.post(path, { json }))).toEqual([
      403,
      { error: 'This action is outside the authorized scopes' },
    ])
  })

  it.each(PATHS)('%s goes back so far and no further', async (path) => {
    const json = { keys: ['new_users'], start_at: '0001-01-01', end_at: TODAY, frequency: 'month' }
    const { status, body } = await ada.post(path, { json })
    expect(status).toBe(200)
    if (path === MEASURES) expect(body[0].data).toHaveLength(731)
    if (path === RETENTION) expect(body).toHaveLength(13)
  })
})

describe('measures', () => {
  it('pass over what is none, and keep the order asked for', async () => {
    const keys = ['new_users', 'nothing', 'active_users', 'toString']
    const answer = await ada.post(MEASURES, { json: { keys, ...span } })
    expect(answer.body.map((each: { key: string }) => each.key)).toEqual(['new_users', 'active_users'])
    expect(outcome(await ada.post(MEASURES, { json: span }))).toEqual([200, []])
  })

  it('refuse keys without what they are about, and dates that are none', async () => {
    const missing = (key: string) => [
      400,
      { error: `param is missing or the value is empty or invalid: ${key}` },
    ]
    for (const key of ['instance_accounts', 'tag_uses'])
      expect(outcome(await ada.post(MEASURES, { json: { keys: [key], ...span } }))).toEqual(missing(key))
    expect(outcome(await ada.post(DIMENSIONS, { json: { keys: ['tag_servers'] } }))).toEqual(
      missing('tag_servers'),
    )
    const json = { keys: ['new_users'], start_at: 'then' }
    expect(outcome(await ada.post(MEASURES, { json }))).toEqual([422, { error: 'Invalid date supplied' }])
    const tag = { keys: ['tag_uses'], ...span, tag_uses: { id: '99' } }
    expect(outcome(await ada.post(MEASURES, { json: tag }))).toEqual([404, { error: 'Record not found' }])
  })

  it('take a form as well as JSON', async () => {
    const form: [string, string][] = [
      ['keys[]', 'instance_accounts'],
      ['start_at', YESTERDAY],
      ['end_at', TODAY],
      ['instance_accounts[domain]', 'mastodon.example'],
    ]
    expect((await ada.post(MEASURES, { form })).body[0]).toMatchObject({
      key: 'instance_accounts',
      total: '1',
    })
  })

  it('count newcomers and reports, with the time before', async () => {
    for (const day of [TODAY, TODAY, YESTERDAY, EARLIER]) await make.user({ created_at: at(day) })
    expect(await measure('new_users')).toEqual({
      key: 'new_users',
      unit: null,
      total: '3',
      previous_total: '1',
      data: byDay('1', '2'),
    })
    const ends = { account_id: cast.bob.account.id, target_account_id: cast.carol.id }
    await ctx.db('reports').insert([
      { ...ends, created_at: at(EARLIER), action_taken_at: at(TODAY) },
      { ...ends, created_at: at(YESTERDAY) },
    ])
    expect(await measure('opened_reports')).toMatchObject({
      total: '1',
      previous_total: '1',
      data: byDay('1', '0'),
    })
    expect(await measure('resolved_reports')).toMatchObject({
      total: '1',
      previous_total: '0',
      data: byDay('0', '1'),
    })
  })

  it('count visitors once, and every interaction of ours', async () => {
    await recordVisit(ctx, cast.alice.user.id)
    await recordVisit(ctx, cast.alice.user.id)
    await recordVisit(ctx, cast.bob.user.id)
    const midnight = Date.parse(`${YESTERDAY}T00:00:00Z`) / 1000
    await ctx.redis.pfadd(redisKey(ctx, `activity:logins:${midnight}`), cast.alice.user.id)
    const times = (yesterday: string, today: string) => [
      { date: `${YESTERDAY}T00:00:00Z`, value: yesterday },
      { date: `${TODAY}T00:00:00Z`, value: today },
    ]
    expect(await measure('active_users')).toEqual({
      key: 'active_users',
      unit: null,
      total: '2',
      previous_total: '0',
      data: times('1', '2'),
    })
    const status = await make.status({ account: cast.carol })
    await favouriteStatus(ctx, cast.alice.account, status)
    await favouriteStatus(ctx, cast.alice.account, status)
    await favouriteStatus(ctx, cast.dan, status)
    expect(await measure('interactions')).toMatchObject({ total: '1', data: times('0', '1') })
  })

  it('count the uses of a hashtag', async () => {
    const tag = await make.tag({ name: 'cats' })
    const midnight = Date.parse(`${TODAY}T00:00:00Z`) / 1000
    const key = redisKey(ctx, `activity:tags:${tag.id}:${midnight}`)
    await ctx.redis.set(key, '5')
    await ctx.redis.pfadd(`${key}:accounts`, '1', '2')
    expect(await measure('tag_uses', { id: tag.id })).toMatchObject({ total: '5', previous_total: '0' })
    expect((await measure('tag_accounts', { id: tag.id })).data[1]).toEqual({
      date: `${TODAY}T00:00:00Z`,
      value: '2',
    })
    const id = (BigInt(at(TODAY).getTime()) << 16n).toString()
    await make.status({ id, account: cast.carol, created_at: at(TODAY) })
    await ctx.db('statuses_tags').insert({ status_id: id, tag_id: tag.id })
    expect(await measure('tag_servers', { id: tag.id })).toEqual({
      key: 'tag_servers',
      unit: null,
      total: '1',
      previous_total: '0',
      data: byDay('0', '1'),
    })
  })

  it('count what we have of a server, with what lies below it when asked', async () => {
    const dora = await make.remoteAccount({ domain: 'far.test', created_at: at(TODAY) })
    const eric = await make.remoteAccount({ domain: 'x.far.test', created_at: at(YESTERDAY) })
    const id = (BigInt(at(TODAY).getTime()) << 16n).toString()
    await make.status({ id, account: dora, created_at: at(TODAY) })
    await make.media({ account: dora, file_file_size: 2048, created_at: at(TODAY) })
    await make.follow({ account: cast.alice.account, target: dora, created_at: at(YESTERDAY) })
    await make.follow({ account: dora, target: cast.alice.account, created_at: at(TODAY) })
    await make.follow({ account: eric, target: cast.alice.account, created_at: at(TODAY) })
    await ctx.db('reports').insert({
      account_id: cast.bob.account.id,
      target_account_id: dora.id,
      created_at: at(TODAY),
    })
    const far = { domain: 'far.test' }
    expect(await measure('instance_accounts', far)).toEqual({
      key: 'instance_accounts',
      unit: null,
      total: '1',
      data: byDay('0', '1'),
    })
    const below = { ...far, include_subdomains: true }
    expect(await measure('instance_accounts', below)).toMatchObject({ total: '2', data: byDay('1', '1') })
    expect(await measure('instance_statuses', far)).toMatchObject({ total: '1', data: byDay('0', '1') })
    expect(await measure('instance_follows', far)).toMatchObject({ total: '1', data: byDay('1', '0') })
    expect(await measure('instance_followers', below)).toMatchObject({ total: '2', data: byDay('0', '2') })
    expect(await measure('instance_reports', far)).toMatchObject({ total: '1', data: byDay('0', '1') })
    expect(await measure('instance_media_attachments', far)).toEqual({
      key: 'instance_media_attachments',
      unit: 'bytes',
      total: '2048',
      human_value: '2 KB',
      data: byDay('', '2048'),
    })
  })

  it('are kept for a while', async () => {
    await measure('new_users')
    const { texts } = await countStatements(() => measure('new_users'))
    expect(texts.filter((text) => text.includes('count('))).toEqual([])
  })
})

describe('dimensions', () => {
  it('rank languages, apps and servers', async () => {
    const app = await make.application({ name: 'Tusky' })
    const recent = { created_at: at(TODAY), current_sign_in_at: at(TODAY) }
    await make.user({ ...recent, locale: 'de' })
    await make.user({ ...recent, locale: 'de', created_by_application_id: app.id })
    await make.user({ ...recent, locale: 'fr' })
    expect(await dimension('languages')).toEqual({
      key: 'languages',
      data: [
        { key: 'de', human_key: 'German', value: '2' },
        { key: 'fr', human_key: 'French', value: '1' },
      ],
    })
    expect((await dimension('languages', { limit: 1 })).data).toHaveLength(1)
    expect((await dimension('sources')).data).toEqual([
      { key: 'web', human_key: 'Website', value: '2' },
      { key: 'Tusky', human_key: 'Tusky', value: '1' },
    ])
    const idOf = (n: number) => ((BigInt(at(TODAY).getTime()) << 16n) + BigInt(n)).toString()
    await make.status({ id: idOf(1), account: cast.carol, language: null })
    await make.status({ id: idOf(2), account: cast.carol, language: 'de' })
    await make.status({ id: idOf(3), account: cast.alice.account })
    expect((await dimension('servers')).data).toEqual([
      { key: 'mastodon.example', human_key: 'mastodon.example', value: '2' },
      { key: 'social.test', human_key: 'social.test', value: '1' },
    ])
    const server = { instance_languages: { domain: 'mastodon.example' } }
    expect((await dimension('instance_languages', server)).data).toEqual([
      { key: 'de', human_key: 'German', value: '1' },
      { key: 'und', human_key: 'und', value: '1' },
    ])
    const tag = await make.tag({ name: 'cats' })
    await ctx.db('statuses_tags').insert({ status_id: idOf(2), tag_id: tag.id })
    const { data } = await dimension('tag_languages', { tag_languages: { id: tag.id } })
    expect(data).toEqual([{ key: 'de', human_key: 'German', value: '1' }])
    expect((await dimension('tag_servers', { tag_servers: { id: tag.id } })).data).toMatchObject([
      { key: 'mastodon.example', value: '1' },
    ])
    expect((await dimension('tag_servers', { tag_servers: { id: 'x' } })).data).toEqual([])
  })

  it('rank the accounts of a server by followers here', async () => {
    await make.follow({ account: cast.alice.account, target: cast.carol })
    await make.remoteAccount({ username: 'zed', domain: 'mastodon.example' })
    const of = { instance_accounts: { domain: 'mastodon.example' } }
    expect((await dimension('instance_accounts', of)).data).toEqual([
      { key: 'carol', human_key: 'carol', value: '1' },
      { key: 'zed', human_key: 'zed', value: '0' },
    ])
  })

  it('tell of space and software', async () => {
    const space = (await dimension('space_usage')).data
    expect(space.map((each: { key: string }) => each.key)).toEqual(['postgresql', 'redis', 'media'])
    for (const each of space) {
      expect(each).toMatchObject({ unit: 'bytes', value: expect.stringMatching(/^\d+$/) })
      expect(each.human_value).toMatch(/^[\d.]+ (Bytes?|[KMGT]B)$/)
    }
    const software = (await dimension('software_versions')).data
    expect(software[0]).toEqual({
      key: 'mastodon',
      human_key: 'Mastodon',
      value: expect.stringMatching(/^4\.6\.5 \(compatible; Anancus /),
      human_value: expect.any(String),
    })
    for (const each of software) expect(each.value).toMatch(/^\d+\.\d+/)
  })
})

describe('far dates', () => {
  it.each(['0000-01-01', '0001-01-01', '9999-12-31T23:59:59Z'])('up to %s are answered', async (end_at) => {
    const tag = await make.tag({ name: 'cats' })
    const json = {
      keys: ['new_users', 'active_users', 'instance_statuses', 'tag_servers', 'servers', 'languages'],
      end_at,
      start_at: end_at,
      instance_statuses: { domain: 'far.test' },
      tag_servers: { id: tag.id },
    }
    for (const path of PATHS) expect((await ada.post(path, { json })).status).toBe(200)
  })
})

describe('retention', () => {
  it('tells of each group of newcomers who came back', async () => {
    const joined = (created: string, seen: string) =>
      make.user({ created_at: at(created), current_sign_in_at: at(seen) })
    await joined(YESTERDAY, TODAY)
    await joined(YESTERDAY, YESTERDAY)
    await joined(TODAY, TODAY)
    const time = (day: string) => `${day}T00:00:00+00:00`
    expect(outcome(await ada.post(RETENTION, { json: { ...span, frequency: 'day' } }))).toEqual([
      200,
      [
        {
          period: time(YESTERDAY),
          frequency: 'day',
          data: [
            { date: time(YESTERDAY), rate: 1, value: '2' },
            { date: time(TODAY), rate: 0.5, value: '1' },
          ],
        },
        { period: time(TODAY), frequency: 'day', data: [{ date: time(TODAY), rate: 1, value: '1' }] },
      ],
    ])
    const months = await ada.post(RETENTION, { json: { ...span, frequency: 'month' } })
    expect(months.body).toMatchObject([
      { period: '2026-05-01T00:00:00+00:00', frequency: 'month', data: [{ rate: 1, value: '3' }] },
    ])
  })

  it('needs both dates', async () => {
    for (const name of ['start_at', 'end_at'])
      expect(outcome(await ada.post(RETENTION, { json: { ...span, [name]: '' } }))).toEqual([
        400,
        { error: `param is missing or the value is empty or invalid: ${name}` },
      ])
    expect(outcome(await ada.post(RETENTION, { json: { start_at: TODAY, end_at: YESTERDAY } }))).toEqual([
      200,
      [],
    ])
  })
})

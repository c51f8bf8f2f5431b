import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { sentActivities } from '@anancus/core/testing/sent-activities'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let api: TestClient

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  api = web.as(await make.token({ user: cast.alice.user }))
})

const path = (id: string, verb: string) => `/api/v1/accounts/${id}/${verb}`
const count = async (table: string) => Number((await ctx.db(table).count('* as n').first())?.n)

const VERBS = [
  'follow',
  'unfollow',
  'remove_from_followers',
  'block',
  'unblock',
  'mute',
  'unmute',
  'endorse',
  'pin',
  'unendorse',
  'unpin',
  'note',
]

describe.each(VERBS)('POST /api/v1/accounts/:id/%s', (verb) => {
  it('does not find what is missing, no id, or not confirmed yet', async () => {
    const pending = await make.user({ approved: false })
    const unconfirmed = await make.user({ confirmed_at: null })
    for (const id of ['1', 'nonsense', '99999999999999999999', pending.account.id, unconfirmed.account.id]) {
      const answer = await api.post(path(id, verb))
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
    }
  })

  it('takes the deprecated scope where Mastodon does', async () => {
    const follower = web.as(await make.token({ user: cast.alice.user, scopes: 'follow' }))
    const isOld = !['endorse', 'pin', 'unendorse', 'unpin', 'note'].includes(verb)
    expect((await follower.post(path(cast.bob.account.id, verb))).status).toBe(isOld ? 200 : 403)
  })
})

describe('POST /api/v1/accounts/:id/follow', () => {
  it('follows an open account at once', async () => {
    const { status, body } = await api.post(path(cast.bob.account.id, 'follow'))
    expect(status).toBe(200)
    expect(body).toEqual({
      id: cast.bob.account.id,
      following: true,
      showing_reblogs: true,
      notifying: false,
      languages: null,
      followed_by: false,
      blocking: false,
      blocked_by: false,
      muting: false,
      muting_notifications: false,
      muting_expires_at: null,
      requested: false,
      requested_by: false,
      domain_blocking: false,
      endorsed: false,
      note: '',
    })
  })

  it('changes the options that are sent and keeps the others', async () => {
    await api.post(path(cast.bob.account.id, 'follow'), {
      form: [
        ['reblogs', 'false'],
        ['languages[]', 'de'],
        ['languages[]', 'en'],
      ],
    })
    const { body } = await api.post(path(cast.bob.account.id, 'follow'), {
      json: { notify: true, languages: null },
    })
    expect(body).toMatchObject({ showing_reblogs: false, notifying: true, languages: ['de', 'en'] })
    const cleared = await api.post(path(cast.bob.account.id, 'follow'), { json: { languages: [] } })
    expect(cleared.body.languages).toEqual([])
  })

  it('tells a request to an open remote account as a follow, to a locked one as a request', async () => {
    const open = await api.post(path(cast.carol.id, 'follow'), { json: { reblogs: false } })
    expect(open.body).toMatchObject({ following: true, requested: false, showing_reblogs: false })
    expect(await count('follows')).toBe(0)
    expect((await sentActivities(ctx)).map(({ activity }) => activity.type)).toEqual(['Follow'])
    const locked = await make.remoteAccount({ locked: true })
    const asked = await api.post(path(locked.id, 'follow'))
    expect(asked.body).toMatchObject({ following: false, requested: true, showing_reblogs: true })
  })

  it('refuses what cannot be followed', async () => {
    const refusal = async (id: string) => {
      const { status, body } = await api.post(path(id, 'follow'))
      return [status, body.error]
    }
    expect(await refusal(cast.alice.account.id)).toEqual([403, 'Following your own account is not allowed'])
    expect(await refusal(cast.mallory.account.id)).toEqual([403, 'This action is not allowed'])
    const gone = await make.user({ account: { suspended_at: new Date() } })
    expect(await refusal(gone.account.id)).toEqual([404, 'Record not found'])
    const answer = await api.post(path(cast.bob.account.id, 'follow'), { json: { languages: ['xx-nope'] } })
    expect([answer.status, answer.body]).toEqual([422, { error: 'Validation failed: Languages is invalid' }])
    expect(await count('follows')).toBe(0)
  })

  it('counts what was made against the limit of follows, not what was repeated', async () => {
    const left = async () =>
      (await api.post(path(cast.bob.account.id, 'follow'))).headers.get('x-ratelimit-limit')
    await left()
    const key = async () => {
      const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*follows*`)
      return Promise.all(keys.map((name) => ctx.redis.get(name)))
    }
    expect(await key()).toEqual(['1'])
    await left()
    expect(await key()).toEqual(['1'])
  })
})

describe('the other verbs', () => {
  it('unfollows, and removes a follower', async () => {
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    await make.follow({ account: cast.bob.account, target: cast.alice.account })
    expect((await api.post(path(cast.bob.account.id, 'unfollow'))).body).toMatchObject({
      following: false,
      followed_by: true,
    })
    expect((await api.post(path(cast.bob.account.id, 'remove_from_followers'))).body.followed_by).toBe(false)
  })

  it('blocks and unblocks; oneself without effect', async () => {
    await make.follow({ account: cast.bob.account, target: cast.alice.account })
    expect((await api.post(path(cast.bob.account.id, 'block'))).body).toMatchObject({
      blocking: true,
      followed_by: false,
    })
    expect((await api.post(path(cast.bob.account.id, 'unblock'))).body.blocking).toBe(false)
    const own = await api.post(path(cast.alice.account.id, 'block'))
    expect([own.status, own.body.blocking]).toEqual([200, false])
  })

  it('mutes with notifications unless told otherwise, for a time when told so', async () => {
    const mute = (json?: object) => api.post(path(cast.bob.account.id, 'mute'), json ? { json } : {})
    expect((await mute()).body).toMatchObject({
      muting: true,
      muting_notifications: true,
      muting_expires_at: null,
    })
    expect((await mute({ notifications: '' })).body.muting_notifications).toBe(true)
    const timed = await mute({ notifications: false, duration: 3600 })
    expect(timed.body.muting_notifications).toBe(false)
    expect(timed.body.muting_expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect((await api.post(path(cast.bob.account.id, 'unmute'))).body).toMatchObject({
      muting: false,
      muting_notifications: false,
    })
  })

  it('endorses whom one follows', async () => {
    const refused = await api.post(path(cast.bob.account.id, 'pin'))
    expect([refused.status, refused.body.error]).toEqual([
      422,
      'Validation failed: You must be already following the person you want to endorse',
    ])
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    expect((await api.post(path(cast.bob.account.id, 'endorse'))).body.endorsed).toBe(true)
    expect((await api.get('/api/v1/endorsements')).body.map((account: { id: string }) => account.id)).toEqual(
      [cast.bob.account.id],
    )
    expect((await api.post(path(cast.bob.account.id, 'unpin'))).body.endorsed).toBe(false)
  })

  it('keeps a note for oneself; a blank one deletes it (SEC-PRIV-13)', async () => {
    const note = (comment: string) => api.post(path(cast.bob.account.id, 'note'), { form: { comment } })
    expect((await note('met in Ghent')).body.note).toBe('met in Ghent')
    const eve = web.as(await make.token({ user: cast.eve.user }))
    expect((await eve.get(`/api/v1/accounts/relationships?id=${cast.bob.account.id}`)).body[0].note).toBe('')
    expect((await note('x'.repeat(2001))).status).toBe(422)
    expect((await note(' ')).body.note).toBe('')
    expect(await count('account_notes')).toBe(0)
  })
})

describe('GET /api/v1/accounts/relationships', () => {
  it('takes one id or many, in order, and skips what is unknown', async () => {
    const { bob, carol, mallory } = cast
    const ids = [mallory.account.id, carol.id, bob.account.id]
    const query = [...ids, '1', 'nonsense'].map((id) => `id[]=${id}`).join('&')
    const { body } = await api.get(`/api/v1/accounts/relationships?${query}`)
    expect(body.map((relationship: { id: string }) => relationship.id)).toEqual(ids)
    expect(body[0].blocking).toBe(true)
    expect((await api.get(`/api/v1/accounts/relationships?id=${carol.id}`)).body).toHaveLength(1)
    expect((await api.get('/api/v1/accounts/relationships')).body).toEqual([])
  })

  it('shows suspended ones only when asked to', async () => {
    const gone = await make.account({ suspended_at: new Date() })
    expect((await api.get(`/api/v1/accounts/relationships?id[]=${gone.id}`)).body).toEqual([])
    expect(
      (await api.get(`/api/v1/accounts/relationships?id[]=${gone.id}&with_suspended=true`)).body,
    ).toHaveLength(1)
  })
})

describe('GET /api/v1/accounts/familiar_followers', () => {
  it('lists followers whom the user follows, unless either hides its follows', async () => {
    const { alice, bob, carol, dan, eve } = cast
    const shy = (await make.user({ account: { hide_collections: true } })).account
    for (const target of [bob.account, carol, shy]) await make.follow({ account: alice.account, target })
    for (const account of [bob.account, carol, shy, eve.account]) await make.follow({ account, target: dan })
    await make.follow({ account: bob.account, target: shy })
    const { body } = await api.get(
      `/api/v1/accounts/familiar_followers?id[]=${dan.id}&id[]=${shy.id}&id[]=${eve.account.id}&id[]=1`,
    )
    const ids = body.map((entry: { id: string; accounts: { id: string }[] }) => [
      entry.id,
      entry.accounts.map((account) => account.id),
    ])
    expect(ids).toEqual([
      [dan.id, [carol.id, bob.account.id]],
      [shy.id, []],
      [eve.account.id, []],
    ])
  })
})

describe('lists of relations', () => {
  const idsOf = (answer: { body: { id: string }[] }) => answer.body.map((account) => account.id)

  it('pages followers by the ids of the follows, not of the accounts', async () => {
    const { bob, carol, dan, eve } = cast
    const follows = []
    for (const account of [carol, dan, eve.account])
      follows.push(await make.follow({ account, target: bob.account }))
    const first = await api.get(`${path(bob.account.id, 'followers')}?limit=2`)
    expect(idsOf(first)).toEqual([eve.account.id, dan.id])
    const base = `https://social.test/api/v1/accounts/${bob.account.id}/followers`
    expect(first.headers.get('link')).toBe(
      `<${base}?limit=2&max_id=${follows[1]?.id}>; rel="next", <${base}?limit=2&since_id=${follows[2]?.id}>; rel="prev"`,
    )
    const second = await api.get(`${path(bob.account.id, 'followers')}?limit=2&max_id=${follows[1]?.id}`)
    expect(idsOf(second)).toEqual([carol.id])
    expect(second.headers.get('link')).toBe(`<${base}?limit=2&since_id=${follows[0]?.id}>; rel="prev"`)
    const empty = await api.get(`${path(bob.account.id, 'followers')}?limit=0`)
    expect([empty.status, empty.body, empty.headers.get('link')]).toEqual([200, [], null])
  })

  it('hides the follows of those who hide them, are suspended, or block the viewer', async () => {
    const shy = (await make.user({ account: { hide_collections: true } })).account
    const gone = (await make.user({ account: { suspended_at: new Date() } })).account
    const { alice, bob, mallory } = cast
    await make.block({ account: bob.account, target: alice.account })
    for (const target of [shy, gone, bob.account]) {
      await make.follow({ account: mallory.account, target })
      await make.follow({ account: target, target: mallory.account })
      for (const list of ['followers', 'following']) {
        expect((await api.get(path(target.id, list))).body).toEqual([])
      }
    }
    expect(idsOf(await web.get(path(bob.account.id, 'followers')))).toEqual([mallory.account.id])
    const own = web.as(
      await make.token({ user: { id: (await ctx.db('users').where({ account_id: shy.id }).first()).id } }),
    )
    expect(idsOf(await own.get(path(shy.id, 'followers')))).toEqual([mallory.account.id])
  })

  it('leaves out whom the viewer blocks, mutes or is blocked by, save in the own list', async () => {
    const { alice, bob, mallory, eve, dan, carol } = cast
    await make.mute({ account: alice.account, target: eve.account })
    await make.block({ account: dan, target: alice.account })
    for (const account of [mallory.account, eve.account, dan, carol]) {
      await make.follow({ account, target: bob.account })
      await make.follow({ account, target: alice.account })
    }
    expect(idsOf(await api.get(path(bob.account.id, 'followers')))).toEqual([carol.id])
    expect(idsOf(await api.get(path(alice.account.id, 'followers')))).toHaveLength(4)
    expect(idsOf(await web.get(path(bob.account.id, 'followers')))).toHaveLength(4)
  })

  it('lists blocks, mutes with their end, hidden servers and requests; only the own ones (SEC-PRIV-14)', async () => {
    const { alice, bob, mallory, eve, carol } = cast
    await make.mute({
      account: alice.account,
      target: eve.account,
      expires_at: new Date('2100-01-02T03:04:05.678Z'),
    })
    await make.mute({ account: bob.account, target: eve.account })
    await make.block({ account: bob.account, target: carol })
    await make.domainBlock({ account: alice.account, domain: 'a.example' })
    await make.domainBlock({ account: bob.account, domain: 'b.example' })
    await make.followRequest({ account: carol, target: alice.account })
    await make.followRequest({ account: eve.account, target: bob.account })
    expect(idsOf(await api.get('/api/v1/blocks'))).toEqual([mallory.account.id])
    const mutes = await api.get('/api/v1/mutes')
    expect(idsOf(mutes)).toEqual([eve.account.id])
    expect(mutes.body[0].mute_expires_at).toBe('2100-01-02T03:04:05.678Z')
    expect((await api.get('/api/v1/domain_blocks')).body).toEqual(['a.example'])
    expect(idsOf(await api.get('/api/v1/follow_requests'))).toEqual([carol.id])
  })

  it.each(['followers', 'following', 'blocks', 'mutes', 'follow_requests'])(
    'takes as many statements for 40 as for 2: %s',
    async (list) => {
      const { alice } = cast
      const url =
        list.startsWith('follow') && list !== 'follow_requests'
          ? path(alice.account.id, list)
          : `/api/v1/${list}`
      const add = async (number: number) => {
        for (let index = 0; index < number; index++) {
          const other = await make.remoteAccount({ note: `<p>number ${index}</p>` })
          if (list === 'followers') await make.follow({ account: other, target: alice.account })
          if (list === 'following') await make.follow({ account: alice.account, target: other })
          if (list === 'blocks') await make.block({ account: alice.account, target: other })
          if (list === 'mutes') await make.mute({ account: alice.account, target: other })
          if (list === 'follow_requests') await make.followRequest({ account: other, target: alice.account })
        }
      }
      await api.get(url) // The first use of a token a day is written down, after the answer.
      await add(2)
      const few = await countStatements(() => api.get(url))
      await add(38)
      const answers: number[] = []
      const many = await countStatements(async () => {
        answers.push((await api.get(url)).body.length)
      })
      expect(answers[0]).toBeGreaterThanOrEqual(40)
      expect(many.count).toBe(few.count)
      expect(many.count).toBeLessThanOrEqual(7)
    },
  )
})

describe('follow requests', () => {
  it.each(['authorize', 'reject'])(
    "%s answers with the relationship, once, and only one's own",
    async (verb) => {
      const { alice, bob, carol } = cast
      await make.followRequest({ account: carol, target: alice.account, uri: 'https://mastodon.example/f' })
      await make.followRequest({ account: bob.account, target: carol })
      const url = (id: string) => `/api/v1/follow_requests/${id}/${verb}`
      const { status, body } = await api.post(url(carol.id))
      expect(status).toBe(200)
      expect(body).toMatchObject({ id: carol.id, followed_by: verb === 'authorize', requested_by: false })
      expect((await api.post(url(carol.id))).status).toBe(404)
      expect((await api.post(url(bob.account.id))).status).toBe(404)
      expect((await api.post(url('nonsense'))).status).toBe(404)
      expect(await count('follow_requests')).toBe(1)
      expect((await sentActivities(ctx)).map(({ activity }) => activity.type)).toEqual([
        verb === 'authorize' ? 'Accept' : 'Reject',
      ])
    },
  )

  it('refusing a request leaves a follow alone', async () => {
    await make.follow({ account: cast.carol, target: cast.alice.account })
    expect((await api.post(`/api/v1/follow_requests/${cast.carol.id}/reject`)).status).toBe(404)
    expect(await count('follows')).toBe(1)
  })
})

describe('/api/v1/domain_blocks', () => {
  it('hides and shows servers; the domain in body or query', async () => {
    expect((await api.post('/api/v1/domain_blocks', { form: { domain: 'Other.example' } })).body).toEqual({})
    expect((await api.get('/api/v1/domain_blocks')).body).toEqual(['other.example'])
    expect((await api.delete('/api/v1/domain_blocks?domain=other.example')).body).toEqual({})
    expect((await api.delete('/api/v1/domain_blocks', { json: { domain: 'unknown.example' } })).status).toBe(
      200,
    )
    expect((await api.get('/api/v1/domain_blocks')).body).toEqual([])
  })

  it('refuses no domain and what is none', async () => {
    expect((await api.post('/api/v1/domain_blocks')).body).toEqual({
      error: "Validation failed: Domain can't be blank",
    })
    const { status, body } = await api.post('/api/v1/domain_blocks', { form: { domain: 'a b' } })
    expect([status, body.error]).toEqual([422, 'Validation failed: Domain is not a valid domain name'])
  })

  it('says beforehand what would be cut', async () => {
    const { alice, carol, dan, bob } = cast
    await make.follow({ account: alice.account, target: carol })
    await make.follow({ account: alice.account, target: dan })
    await make.follow({ account: carol, target: alice.account })
    await make.follow({ account: bob.account, target: carol })
    const { body } = await api.get('/api/v1/domain_blocks/preview?domain=mastodon.example')
    expect(body).toEqual({ following_count: 1, followers_count: 1 })
  })
})

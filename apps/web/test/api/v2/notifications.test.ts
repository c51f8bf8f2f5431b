import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, NotificationRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let api: TestClient
let status: StatusRow

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
  status = await make.status({ account: cast.alice.account })
})

const BASE = '/api/v2/notifications'

async function favourite(
  from: AccountRow,
  groupKey: string | null,
  columns: Partial<Omit<NotificationRow, 'type'>> = {},
) {
  const activity = await make.favourite({ account: from, status })
  return make.notification({
    account: cast.alice.account,
    from,
    type: 'favourite',
    activity,
    group_key: groupKey,
    ...columns,
  })
}

/** Three favourites of one group around a follow. */
async function several() {
  const first = await favourite(cast.bob.account, 'favourite-1-2')
  const follow = await make.notification({
    account: cast.alice.account,
    from: cast.dan,
    type: 'follow',
    activity: await make.follow({ account: cast.dan, target: cast.alice.account }),
  })
  const second = await favourite(cast.carol, 'favourite-1-2')
  const third = await favourite(cast.eve.account, 'favourite-1-2')
  return { first, follow, second, third }
}

describe('GET /api/v2/notifications', () => {
  it('shows groups, with accounts and statuses beside them', async () => {
    const { first, follow, third } = await several()
    const answer = await api.get(BASE)
    expect(answer.body.notification_groups).toEqual([
      {
        group_key: 'favourite-1-2',
        notifications_count: 3,
        type: 'favourite',
        most_recent_notification_id: Number(third.id),
        page_min_id: first.id,
        page_max_id: third.id,
        latest_page_notification_at: third.created_at.toISOString(),
        sample_account_ids: [cast.eve.account.id, cast.carol.id, cast.bob.account.id],
        status_id: status.id,
      },
      {
        group_key: `ungrouped-${follow.id}`,
        notifications_count: 1,
        type: 'follow',
        most_recent_notification_id: Number(follow.id),
        page_min_id: follow.id,
        page_max_id: follow.id,
        latest_page_notification_at: follow.created_at.toISOString(),
        sample_account_ids: [cast.dan.id],
      },
    ])
    expect(answer.body.statuses.map((shown: { id: string }) => shown.id)).toEqual([status.id])
    expect(answer.body.accounts).toHaveLength(4)
    expect(answer.body).not.toHaveProperty('partial_accounts')
    expect(answer.headers.get('link')).toBe(
      `<https://social.test${BASE}?max_id=${follow.id}>; rel="next", <https://social.test${BASE}?min_id=${third.id}>; rel="prev"`,
    )
  })

  it('counts groups for the limit, and lets a group go on over the next page', async () => {
    const { first, follow, second, third } = await several()
    const top = await api.get(`${BASE}?limit=1`)
    expect(top.body.notification_groups).toMatchObject([
      { group_key: 'favourite-1-2', page_min_id: third.id, page_max_id: third.id },
    ])
    const next = await api.get(`${BASE}?limit=2&max_id=${third.id}`)
    expect(next.body.notification_groups).toMatchObject([
      { group_key: 'favourite-1-2', notifications_count: 2, page_max_id: second.id, page_min_id: second.id },
      { group_key: `ungrouped-${follow.id}` },
    ])
    const up = await api.get(`${BASE}?limit=1&min_id=${first.id}`)
    expect(up.body.notification_groups).toMatchObject([{ group_key: `ungrouped-${follow.id}` }])
  })

  it('groups only the types asked for', async () => {
    await several()
    const { body } = await api.get(`${BASE}?grouped_types[]=follow`)
    expect(body.notification_groups).toHaveLength(4)
    expect(body.notification_groups[0].group_key).toMatch(/^ungrouped-/)
    expect((await api.get(`${BASE}?types[]=follow`)).body.notification_groups).toHaveLength(1)
  })

  it('tells accounts in short when asked to, and refuses other ways', async () => {
    await several()
    const { body } = await api.get(`${BASE}?expand_accounts=partial_avatars`)
    expect(body.accounts.map((account: { id: string }) => account.id)).toEqual([
      cast.eve.account.id,
      cast.dan.id,
    ])
    expect(body.partial_accounts.map((account: object) => Object.keys(account).sort())).toEqual(
      Array(2).fill(['acct', 'avatar', 'avatar_description', 'avatar_static', 'bot', 'id', 'locked', 'url']),
    )
    const wrong = await api.get(`${BASE}?expand_accounts=all`)
    expect([wrong.status, wrong.body.error]).toEqual([
      400,
      "Invalid value for 'expand_accounts': 'all', allowed values are 'full' and 'partial_avatars'",
    ])
  })

  it('takes as many statements for 40 groups as for 2', async () => {
    const add = async (number: number) => {
      for (let index = 0; index < number; index++) {
        status = await make.status({ account: cast.alice.account })
        await favourite(await make.remoteAccount(), `favourite-${status.id}-1`)
      }
    }
    await api.get(BASE) // The first use of a token a day is written down, after the answer.
    await add(2)
    const few = await countStatements(() => api.get(BASE))
    await add(38)
    const many = await countStatements(() => api.get(BASE))
    expect(many.count).toBe(few.count)
  })
})

describe('a group', () => {
  it('is shown, its accounts listed, and dismissed', async () => {
    const { follow, second, third } = await several()
    const { body } = await api.get(`${BASE}/favourite-1-2`)
    expect(body.notification_groups).toMatchObject([{ group_key: 'favourite-1-2', notifications_count: 3 }])
    expect(body.notification_groups[0]).not.toHaveProperty('page_min_id')
    expect((await api.get(`${BASE}/ungrouped-${follow.id}`)).body.notification_groups[0].type).toBe('follow')
    const accounts = await api.get(`${BASE}/favourite-1-2/accounts?limit=2`)
    expect(accounts.body.map((account: { id: string }) => account.id)).toEqual([
      cast.eve.account.id,
      cast.carol.id,
    ])
    expect(accounts.headers.get('link')).toContain(`max_id=${second.id}>; rel="next"`)
    expect(accounts.headers.get('link')).toContain(`min_id=${third.id}>; rel="prev"`)
    expect((await api.get(`${BASE}/ungrouped-${follow.id}/accounts`)).body).toEqual([])
    expect((await api.post(`${BASE}/favourite-1-2/dismiss`)).body).toEqual({})
    expect((await api.post(`${BASE}/unknown/dismiss`)).status).toBe(200)
    expect((await api.get(BASE)).body.notification_groups).toHaveLength(1)
  })

  it('belongs to its recipient (SEC-PRIV-13, SEC-PRIV-14)', async () => {
    const { follow } = await several()
    const bob = web.as(await make.token({ user: cast.bob.user }))
    for (const key of ['favourite-1-2', `ungrouped-${follow.id}`, 'unknown']) {
      const answer = await bob.get(`${BASE}/${key}`)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
      expect((await bob.get(`${BASE}/${key}/accounts`)).body).toEqual([])
      await bob.post(`${BASE}/${key}/dismiss`)
    }
    await bob.post(`${BASE}/clear`)
    expect((await api.get(BASE)).body.notification_groups).toHaveLength(2)
    await api.post(`${BASE}/clear`)
    expect((await api.get(BASE)).body.notification_groups).toEqual([])
  })

  it('is counted while it is unread', async () => {
    const { first } = await several()
    expect((await api.get(`${BASE}/unread_count`)).body).toEqual({ count: 2 })
    expect((await api.get(`${BASE}/unread_count?limit=1`)).body).toEqual({ count: 1 })
    await api.post('/api/v1/markers', { json: { notifications: { last_read_id: first.id } } })
    expect((await api.get(`${BASE}/unread_count?grouped_types[]=follow`)).body).toEqual({ count: 3 })
  })
})

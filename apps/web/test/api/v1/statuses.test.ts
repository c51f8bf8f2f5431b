import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { allHandlers } from '@anancus/core/testing/handlers'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  registerHandlers(allHandlers)
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
  bob = web.as(await make.token({ user: cast.bob.user }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

describe('POST /api/v1/statuses', () => {
  it('publishes from JSON, form and multipart alike', async () => {
    const media = await make.media({ account: cast.alice.account })
    const other = await make.media({ account: cast.alice.account })
    const multipart = new FormData()
    multipart.append('status', 'hello')
    multipart.append('media_ids[]', other.id)
    multipart.append('sensitive', '1')
    const answers = [
      await alice.post('/api/v1/statuses', {
        json: { status: 'hello', media_ids: [media.id], sensitive: true },
      }),
      await alice.post('/api/v1/statuses', {
        form: [
          ['status', 'hello'],
          ['sensitive', 'true'],
        ],
      }),
      await alice.post('/api/v1/statuses', { body: multipart }),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      expect(body).toMatchObject({
        content: '<p>hello</p>',
        visibility: 'public',
        sensitive: true,
        account: { acct: 'alice', statuses_count: expect.any(Number) },
        favourited: false,
        in_reply_to_id: null,
        edited_at: null,
        application: { name: expect.stringMatching(/^App/) },
      })
    }
    expect(answers.map(({ body }) => body.media_attachments.length)).toEqual([1, 0, 1])
  })

  it('repeats the first answer for a repeated Idempotency-Key, without counting it', async () => {
    const headers = { 'Idempotency-Key': 'abc' }
    const post = () => alice.post('/api/v1/statuses', { headers, json: { status: 'once' } })
    const [one, two] = await Promise.all([post(), post()])
    const three = await post()
    expect(new Set([one.body.id, two.body.id, three.body.id]).size).toBe(1)
    expect(three.status).toBe(200)
    expect((await bob.post('/api/v1/statuses', { headers, json: { status: 'mine' } })).body.id).not.toBe(
      one.body.id,
    )
    expect(await ctx.db('statuses')).toHaveLength(2)
  })

  it('says whom a status would reach unexpectedly', async () => {
    const json = { status: '@bob @eve', allowed_mentions: [cast.bob.account.id] }
    const { status, body } = await alice.post('/api/v1/statuses', { json })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      error: 'Post would be sent to unexpected accounts',
      unexpected_accounts: [{ acct: 'eve' }],
    })
    expect((await alice.post('/api/v1/statuses', { json: { ...json, allowed_mentions: [] } })).status).toBe(
      422,
    )
  })

  it.each([
    [{ status: ' ' }, 422, "Validation failed: Text can't be blank"],
    [{ status: 'x', visibility: 'all' }, 422, 'Validation failed: Visibility is not included in the list'],
    [
      { status: 'x', in_reply_to_id: '1' },
      404,
      'The post you are trying to reply to does not appear to exist.',
    ],
    [
      { status: 'x', quoted_status_id: '1' },
      404,
      'The post you are trying to quote does not appear to exist.',
    ],
    [{ status: 'x', media_ids: ['1', '2'] }, 422, 'Media 1, 2 not found or already attached to another post'],
    [{ status: 'x', scheduled_at: 'soon' }, 422, 'Record invalid'],
    [{ status: 'x', quote_approval_policy: 'me' }, 422, 'Record invalid'],
  ])('%j is %i %s', async (json, status, error) => {
    const answer = await alice.post('/api/v1/statuses', { json })
    expect([answer.status, answer.body]).toEqual([status, { error }])
    expect(await ctx.db('statuses')).toHaveLength(0)
  })

  it('takes a time that has passed for now', async () => {
    const past = await alice.post('/api/v1/statuses', {
      json: { status: 'x', scheduled_at: '2001-01-01T00:00:00Z' },
    })
    expect([past.status, past.body.content]).toEqual([200, '<p>x</p>'])
  })

  it('drops a scalar where a list belongs, and ignores what it does not know', async () => {
    const media = await make.media({ account: cast.alice.account })
    const { status, body } = await alice.post('/api/v1/statuses', {
      json: { status: 'x', media_ids: media.id, foo: 1 },
    })
    expect([status, body.media_attachments]).toEqual([200, []])
  })

  it('SEC-DOS-04 a content warning of a megabyte is refused', async () => {
    const json = { status: 'x', spoiler_text: 'x'.repeat(900_000) }
    expect((await alice.post('/api/v1/statuses', { json })).status).toBe(422)
  })

  it('takes at most 24 statements, authentication and answer included', async () => {
    const root = await make.status({ account: cast.bob.account })
    const media = await make.media({ account: cast.alice.account })
    const json = {
      status: 'hello @bob and @carol@mastodon.example, #one #two',
      spoiler_text: 'cw',
      in_reply_to_id: root.id,
      media_ids: [media.id],
    }
    const post = (key: string) =>
      alice.post('/api/v1/statuses', {
        json: { ...json, media_ids: key === 'b' ? [media.id] : [] },
        headers: { 'Idempotency-Key': key },
      })
    await post('a')
    const { count, texts } = await countStatements(async () => expect((await post('b')).status).toBe(200))
    expect({ count, texts: count > 24 ? texts : [] }).toEqual({ count: expect.any(Number), texts: [] })
  })
})

describe('GET /api/v1/statuses/:id', () => {
  it('shows a public status to anyone, cacheable, with the viewer part to users only', async () => {
    const status = await make.status({ account: cast.bob.account })
    const anonymous = await web.get(`/api/v1/statuses/${status.id}`)
    expect(anonymous.status).toBe(200)
    expect(anonymous.headers.get('cache-control')).toContain('max-age=15, public')
    expect(anonymous.body).not.toHaveProperty('favourited')
    const mine = await alice.get(`/api/v1/statuses/${status.id}`)
    expect(mine.headers.get('cache-control')).toBe('private, no-store')
    expect(mine.body).toMatchObject({ id: status.id, favourited: false })
  })
})

describe('GET /api/v1/statuses', () => {
  it('gives several as far as they may be shown', async () => {
    const seen = await make.status({ account: cast.bob.account })
    const hidden = await make.status({ account: cast.bob.account, visibility: 'private' })
    const blocked = await make.status({ account: cast.mallory.account })
    const query = [seen, hidden, blocked].map(({ id }) => `id[]=${id}`).join('&')
    expect(
      (await alice.get(`/api/v1/statuses?${query}&id[]=nonsense`)).body.map(
        (item: { id: string }) => item.id,
      ),
    ).toEqual([seen.id])
    expect((await web.get(`/api/v1/statuses?${query}`)).body).toHaveLength(2)
    expect((await alice.get(`/api/v1/statuses?id=${seen.id}`)).body).toEqual([])
    expect((await alice.get('/api/v1/statuses')).body).toEqual([])
  })

  it('refuses more than 20', async () => {
    const query = Array.from({ length: 21 }, (_, index) => `id[]=${index}`).join('&')
    const answer = await alice.get(`/api/v1/statuses?${query}`)
    expect([answer.status, answer.body]).toEqual([422, { error: 'Mastodon::ValidationError' }])
  })
})

describe('PUT /api/v1/statuses/:id', () => {
  it('replaces, and history and source tell of it', async () => {
    const media = await make.media({ account: cast.alice.account, description: 'old' })
    const made = await alice.post('/api/v1/statuses', { json: { status: 'one', media_ids: [media.id] } })
    const { id } = made.body
    const edited = await alice.put(`/api/v1/statuses/${id}`, {
      json: {
        status: 'two',
        media_ids: [media.id],
        media_attributes: [{ id: media.id, description: 'new', focus: '0,0.5' }],
      },
    })
    expect(edited.status).toBe(200)
    expect(edited.body).toMatchObject({
      content: '<p>two</p>',
      edited_at: expect.any(String),
      media_attachments: [{ description: 'new', meta: { focus: { x: 0, y: 0.5 } } }],
    })
    await alice.patch(`/api/v1/statuses/${id}`, { form: { status: 'three' } })
    const history = await web.get(`/api/v1/statuses/${id}/history`)
    expect(history.body.map((edit: { content: string }) => edit.content)).toEqual([
      '<p>one</p>',
      '<p>two</p>',
      '<p>three</p>',
    ])
    expect(history.body[0].media_attachments[0].description).toBe('old')
    expect(history.body[2].media_attachments).toEqual([])
    expect((await alice.get(`/api/v1/statuses/${id}/source`)).body).toEqual({
      id,
      text: 'three',
      spoiler_text: '',
    })
  })

  it("takes Rails' spelling of media_attributes", async () => {
    const media = await make.media({ account: cast.alice.account })
    const { id } = (await alice.post('/api/v1/statuses', { json: { status: 'x', media_ids: [media.id] } }))
      .body
    const answer = await alice.put(`/api/v1/statuses/${id}`, {
      form: [
        ['status', 'x'],
        ['media_ids[]', media.id],
        ['media_attributes[][id]', media.id],
        ['media_attributes[][description]', 'told'],
      ],
    })
    expect(answer.body.media_attachments[0].description).toBe('told')
  })

  it("is not found for others' statuses", async () => {
    const status = await make.status({ account: cast.bob.account })
    const answer = await alice.put(`/api/v1/statuses/${status.id}`, { json: { status: 'x' } })
    expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
  })

  it('a status that was never edited has one version', async () => {
    const status = await make.status({ account: cast.bob.account, text: 'only' })
    expect((await web.get(`/api/v1/statuses/${status.id}/history`)).body).toMatchObject([
      { content: '<p>only</p>' },
    ])
  })
})

describe('DELETE /api/v1/statuses/:id', () => {
  it('gives back the source, frees the media, and is gone at once', async () => {
    const media = await make.media({ account: cast.alice.account })
    const { id } = (
      await alice.post('/api/v1/statuses', { json: { status: 'hi @bob', media_ids: [media.id] } })
    ).body
    const { status, body } = await alice.delete(`/api/v1/statuses/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      text: 'hi @bob',
      media_attachments: [{ id: media.id }],
      account: { statuses_count: 0 },
    })
    expect(body).not.toHaveProperty('content')
    expect((await web.get(`/api/v1/statuses/${id}`)).status).toBe(404)
    expect((await alice.delete(`/api/v1/statuses/${id}`)).body).toEqual({ error: 'Record not found' })
    const again = await alice.post('/api/v1/statuses', { json: { status: 'again', media_ids: [media.id] } })
    expect(again.body.media_attachments).toHaveLength(1)
  })

  it('deletes the media too when asked', async () => {
    const media = await make.media({ account: cast.alice.account })
    const { id } = (await alice.post('/api/v1/statuses', { json: { status: 'x', media_ids: [media.id] } }))
      .body
    await drainQueues(ctx)
    await alice.delete(`/api/v1/statuses/${id}?delete_media=true`)
    await drainQueues(ctx)
    expect(await ctx.db('media_attachments')).toHaveLength(0)
  })

  it("is not found for others' statuses, and asks for a scope first", async () => {
    const status = await make.status({ account: cast.bob.account })
    expect((await alice.delete(`/api/v1/statuses/${status.id}`)).body).toEqual({ error: 'Record not found' })
    const reader = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect((await reader.delete(`/api/v1/statuses/${status.id}`)).status).toBe(403)
    expect((await web.delete(`/api/v1/statuses/${status.id}`)).status).toBe(401)
  })
})

describe('GET /api/v1/statuses/:id/context', () => {
  it('shows what is above and below', async () => {
    const root = await make.status({ account: cast.bob.account })
    const status = await make.status({ account: cast.alice.account, inReplyTo: root })
    const reply = await make.status({ account: cast.eve.account, inReplyTo: status })
    const { body } = await web.get(`/api/v1/statuses/${status.id}/context`)
    expect(body).toMatchObject({ ancestors: [{ id: root.id }], descendants: [{ id: reply.id }] })
  })

  it('takes as many statements for 2 as for 40', async () => {
    const count = async (size: number) => {
      const root = await make.status({ account: cast.bob.account })
      for (let index = 0; index < size; index++)
        await make.status({
          account: cast.eve.account,
          inReplyTo: root,
          text: `#tag${index}`,
          tags: [`tag${index}`],
        })
      return (await countStatements(() => alice.get(`/api/v1/statuses/${root.id}/context`))).count
    }
    await alice.get('/api/v1/favourites') // the first use of a token is noted
    const few = await count(2)
    expect(await count(40)).toBe(few)
  })
})

describe('what a user does to a status', () => {
  const act = async (verb: string, id: string, client = alice) =>
    client.post(`/api/v1/statuses/${id}/${verb}`)

  it('favourite, unfavourite', async () => {
    const { id } = await make.status({ account: cast.bob.account })
    expect((await act('favourite', id)).body).toMatchObject({ id, favourited: true, favourites_count: 1 })
    expect((await act('favourite', id)).body).toMatchObject({ favourited: true, favourites_count: 1 })
    expect((await act('unfavourite', id)).body).toMatchObject({ favourited: false, favourites_count: 0 })
    expect((await act('unfavourite', id)).status).toBe(200)
  })

  it('bookmark, unbookmark', async () => {
    const { id } = await make.status({ account: cast.bob.account })
    expect((await act('bookmark', id)).body).toMatchObject({ id, bookmarked: true })
    expect((await act('unbookmark', id)).body).toMatchObject({ id, bookmarked: false })
  })

  it('reblog gives the wrapper, again the same; unreblog gives the original', async () => {
    const { id } = await make.status({ account: cast.bob.account })
    const one = await act('reblog', id)
    expect(one.body).toMatchObject({
      account: { acct: 'alice' },
      content: '',
      reblog: { id, reblogged: true, reblogs_count: 1 },
      uri: expect.stringMatching(/\/activity$/),
    })
    expect((await act('reblog', id)).body.id).toBe(one.body.id)
    expect((await act('unreblog', id)).body).toMatchObject({ id, reblogged: false, reblogs_count: 0 })
    expect((await act('unreblog', id)).status).toBe(200)
    const direct = await alice.post(`/api/v1/statuses/${id}/reblog`, { json: { visibility: 'direct' } })
    expect([direct.status, direct.body]).toEqual([
      422,
      { error: 'Validation failed: Visibility is reserved' },
    ])
    const hidden = await alice.post(`/api/v1/statuses/${id}/reblog`, { json: { visibility: 'private' } })
    expect(hidden.body.visibility).toBe('private')
  })

  it('on a wrapper: acts on the original, answers with the wrapper', async () => {
    const original = await make.status({ account: cast.bob.account })
    const wrapper = await make.status({ account: cast.eve.account, reblogOf: original })
    expect((await act('favourite', wrapper.id)).body).toMatchObject({
      id: wrapper.id,
      reblog: { id: original.id, favourited: true },
    })
    expect((await act('unreblog', wrapper.id)).status).toBe(200)
  })

  it('mute, unmute the conversation', async () => {
    const { id } = await make.status({ account: cast.bob.account })
    expect((await act('mute', id)).body).toMatchObject({ id, muted: true })
    expect((await act('unmute', id)).body).toMatchObject({ id, muted: false })
  })

  it('pin, unpin, at most five', async () => {
    const own = await Promise.all(
      Array.from({ length: 6 }, () => make.status({ account: cast.alice.account })),
    )
    const ids = own.map(({ id }) => id)
    for (const id of ids.slice(0, 4)) expect((await act('pin', id)).body).toMatchObject({ id, pinned: true })
    expect((await act('pin', ids[0] as string)).body).toEqual({ error: 'Duplicate record' })
    const both = await Promise.all(ids.slice(4).map((id) => act('pin', id)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(both.find(({ status }) => status === 422)?.body).toEqual({
      error: 'Validation failed: You have already pinned the maximum number of posts',
    })
    expect((await act('unpin', ids[0] as string)).body).toMatchObject({ pinned: false })
  })

  it.each([
    ["Someone else's post cannot be pinned", () => make.status({ account: cast.bob.account })],
    [
      'A boost cannot be pinned',
      async () => make.status({ account: cast.alice.account, reblogOf: await make.status() }),
    ],
    [
      'Posts that are only visible to mentioned users cannot be pinned',
      () => make.status({ account: cast.alice.account, visibility: 'direct' }),
    ],
  ])('cannot pin: %s', async (error, status) => {
    const answer = await act('pin', (await status()).id)
    expect([answer.status, answer.body]).toEqual([422, { error: `Validation failed: ${error}` }])
  })

  it.each(['favourite', 'reblog'])('%s of a blocked author is refused', async (verb) => {
    const status = await make.status({ account: cast.mallory.account })
    const answer = await act(verb, status.id)
    expect([answer.status, answer.body]).toEqual([403, { error: 'This action is not allowed' }])
  })

  it('takes few statements: favourite at most 8 besides the answer', async () => {
    const { id } = await make.status({ account: cast.bob.account })
    const shown = await countStatements(() => alice.get(`/api/v1/statuses/${id}`))
    const favourited = await countStatements(() => act('favourite', id))
    // Showing costs its own statements and the token; looking the status up is paid once in both.
    expect(favourited.count - shown.count).toBeLessThanOrEqual(4)
  })
})

describe('who has acted', () => {
  it.each([
    [
      'favourited_by',
      (account: typeof cast.bob.account, status: object) =>
        make.favourite({ account, status: status as never }),
    ],
    [
      'reblogged_by',
      (account: typeof cast.bob.account, status: object) =>
        make.status({ account, reblogOf: status as never }),
    ],
  ])('%s pages by rows that clients know from the links only', async (path, act) => {
    const status = await make.status({ account: cast.bob.account })
    const rows = []
    for (let index = 0; index < 3; index++) rows.push(await act(await make.account(), status))
    const first = await web.get(`/api/v1/statuses/${status.id}/${path}?limit=2`)
    const base = `https://social.test/api/v1/statuses/${status.id}/${path}`
    expect(first.body).toHaveLength(2)
    expect(first.headers.get('link')).toBe(
      `<${base}?limit=2&max_id=${rows[1]?.id}>; rel="next", <${base}?limit=2&since_id=${rows[2]?.id}>; rel="prev"`,
    )
    const second = await web.get(`/api/v1/statuses/${status.id}/${path}?limit=2&max_id=${rows[1]?.id}`)
    expect(second.body).toHaveLength(1)
    expect(second.headers.get('link')).not.toContain('next')
    expect((await web.get(`/api/v1/statuses/${status.id}/${path}?limit=0`)).body).toEqual([])
  })
})

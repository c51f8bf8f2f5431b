import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { factories } from '@anancus/db/testing/make'
import { WebSocket } from 'ws'
import { type House, openHouse } from './support/house.ts'
import { parsed } from './support/json.ts'
import { eventually } from './support/wait.ts'

const PICTURE = readFileSync(join(import.meta.dirname, 'support/picture.png'))

interface Answer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
  body: any
}
type Sent = { json?: object; form?: [string, string][]; body?: FormData; headers?: Record<string, string> }
type Ask = (call: string, sent?: Sent) => Promise<Answer>

let house: House
let ids: Record<'alice' | 'bob', string>
let anybody: Ask
let alice: Ask
let bob: Ask
let appAlone: Ask
let alicesToken: string
const make = () => factories(house.ctx.db)

beforeAll(async () => {
  house = await openHouse(['alice', 'bob'])
  const tokenOf = async (username: string, scopes = 'profile read write follow push') => {
    const [user] = await house.ctx
      .db('users')
      .join('accounts', 'accounts.id', 'account_id')
      .where({ username, domain: null })
      .select('users.id', 'account_id')
    return { secret: (await make().token({ user, scopes })).secret, accountId: String(user.account_id) }
  }
  const [hers, his] = [await tokenOf('alice'), await tokenOf('bob')]
  alicesToken = hers.secret
  ids = { alice: hers.accountId, bob: his.accountId }
  anybody = askAs()
  alice = askAs(hers.secret)
  bob = askAs(his.secret)
  appAlone = askAs((await make().token({ scopes: 'read write' })).secret)
}, 120_000)
afterAll(async () => {
  expect(house.complaints).toEqual([])
  await house.close()
}, 60_000)

function askAs(token?: string): Ask {
  return async (call, { json, form, body, headers } = {}) => {
    const [method, path] = call.split(' ')
    const response = await fetch(house.baseUrl + path, {
      method: method as string,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(json ? { body: JSON.stringify(json) } : {}),
      ...(form ? { body: new URLSearchParams(form) } : {}),
      ...(body ? { body } : {}),
    })
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) }
  }
}

const post = async (who: Ask, json: object) => (await who('POST /api/v1/statuses', { json })).body

async function upload(): Promise<Answer> {
  const body = new FormData()
  body.set('file', new Blob([PICTURE], { type: 'image/png' }), 'picture.png')
  body.set('description', 'a small picture')
  return alice('POST /api/v2/media', { body })
}

/** What servers that are not Mastodon most often do otherwise, one test each. */
describe('the fifteen that clones get wrong', () => {
  it('1: 401, 403, 422 and 404, each where it belongs', async () => {
    const { id } = await post(alice, { status: 'for followers', visibility: 'private' })
    const weak = askAs((await make().token({ scopes: 'write' })).secret)
    expect([
      await anybody('GET /api/v1/bookmarks'),
      await weak('GET /api/v1/accounts/relationships'),
    ]).toMatchObject([
      { status: 401, body: { error: 'The access token is invalid' } },
      { status: 403, body: { error: 'This action is outside the authorized scopes' } },
    ])
    expect(await appAlone('GET /api/v1/timelines/home')).toMatchObject({
      status: 422,
      body: { error: 'This method requires an authenticated user' },
    })
    for (const who of [anybody, bob])
      expect(await who(`GET /api/v1/statuses/${id}`)).toMatchObject({
        status: 404,
        body: { error: 'Not Found' },
      })
  })

  it('2: absolute links with the ids of rows; min_id turns the page, since_id does not', async () => {
    const sent: string[] = []
    for (let count = 0; count < 4; count += 1) sent.push((await post(alice, { status: `page ${count}` })).id)
    for (const id of sent) await alice(`POST /api/v1/statuses/${id}/favourite`)
    const page = await alice('GET /api/v1/favourites?limit=2')
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    const rows = await house.ctx
      .db('favourites')
      .where({ account_id: ids.alice })
      .orderBy('id', 'desc')
      .pluck('id')
    expect(next).toBe(`${house.baseUrl}/api/v1/favourites?limit=2&max_id=${rows[1]}`)
    const idsOf = async (query: string) =>
      (await alice(`GET /api/v1/accounts/${ids.alice}/statuses?limit=1&${query}=${sent[0]}`))?.body.map(
        (status: { id: string }) => status.id,
      )
    expect(await idsOf('min_id')).toEqual([sent[1]])
    expect(await idsOf('since_id')).toEqual([sent[3]])
  })

  it('3: an edit replaces the whole post', async () => {
    const { body: media } = await upload()
    const { id } = await post(alice, { status: 'with all', media_ids: [media.id], spoiler_text: 'careful' })
    const edited = await alice(`PUT /api/v1/statuses/${id}`, { json: { status: 'with nothing' } })
    expect(edited.body).toMatchObject({
      media_attachments: [],
      spoiler_text: '',
      content: '<p>with nothing</p>',
    })
  })

  it('4: a deletion gives the text back and keeps the media for another try', async () => {
    const { body: media } = await upload()
    const { id } = await post(alice, { status: 'not *quite*', media_ids: [media.id] })
    const removed = await alice(`DELETE /api/v1/statuses/${id}`)
    expect(removed.body).toMatchObject({ id, text: 'not *quite*', media_attachments: [{ id: media.id }] })
    expect(removed.body).not.toHaveProperty('content')
    const again = await post(alice, { status: 'better', media_ids: [media.id] })
    expect(again.media_attachments).toMatchObject([{ id: media.id }])
  })

  it('5: the same Idempotency-Key makes one post', async () => {
    const sent = { json: { status: 'only once' }, headers: { 'idempotency-key': 'a key' } }
    const first = await alice('POST /api/v1/statuses', sent)
    const second = await alice('POST /api/v1/statuses', sent)
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body.id).toBe(first.body.id)
    expect((await bob('POST /api/v1/statuses', sent))?.body.id).not.toBe(first.body.id)
  })

  it('6: media are 206 while in work, then 200, and 404 once attached', async () => {
    const { status, body: media } = await upload()
    expect(status).toBe(200)
    const state = (processing: number) =>
      house.ctx.db('media_attachments').where({ id: media.id }).update({ processing })
    const read = async () => (await alice(`GET /api/v1/media/${media.id}`))?.status
    await state(1)
    expect(await read()).toBe(206)
    await state(2)
    expect(await read()).toBe(200)
    await post(alice, { status: 'attached', media_ids: [media.id] })
    expect(await read()).toBe(404)
  })

  it('7: JSON, form and multipart are one tree', async () => {
    const pairs: [string, string][] = [
      ['title', 'the same'],
      ['context[]', 'home'],
      ['context[]', 'thread'],
      ['keywords_attributes[0][keyword]', 'word'],
      ['keywords_attributes[0][whole_word]', 'true'],
    ]
    const multipart = new FormData()
    for (const [name, value] of pairs) multipart.append(name, value)
    const json = {
      title: 'the same',
      context: ['home', 'thread'],
      keywords_attributes: [{ keyword: 'word', whole_word: true }],
    }
    for (const sent of [{ json }, { form: pairs }, { body: multipart }]) {
      const made = await alice('POST /api/v2/filters', sent)
      expect(made.body).toMatchObject({
        title: 'the same',
        context: ['home', 'thread'],
        keywords: [{ keyword: 'word', whole_word: true }],
      })
      await alice(`DELETE /api/v2/filters/${made.body.id}`)
    }
  })

  it('8: left out, null, and numbers that are texts', async () => {
    const { id } = await post(alice, { status: 'plain #counted' })
    const anonymous = (await anybody(`GET /api/v1/statuses/${id}`))?.body
    for (const key of ['favourited', 'reblogged', 'muted', 'bookmarked', 'filtered', 'pinned'])
      expect(anonymous).not.toHaveProperty(key)
    expect(anonymous).toMatchObject({
      card: null,
      poll: null,
      reblog: null,
      edited_at: null,
      in_reply_to_id: null,
    })
    expect(anonymous.account).not.toHaveProperty('moved')
    const featured = await alice('POST /api/v1/featured_tags', { json: { name: 'counted' } })
    expect(featured.body.statuses_count).toBe('1')
    const { history } = (await alice('GET /api/v1/tags/counted'))?.body ?? {}
    expect(history[0]).toMatchObject({ uses: expect.any(String), accounts: expect.any(String) })
  })

  it('9: notifications in groups, each by an opaque key', async () => {
    const { id } = await post(alice, { status: 'a favourite' })
    const { user } = await make().user({ account: { username: 'carol' } })
    const carol = askAs((await make().token({ user })).secret)
    for (const who of [bob, carol]) await who(`POST /api/v1/statuses/${id}/favourite`)
    await post(bob, { status: '@alice hello' })
    const { body } = await alice('GET /api/v2/notifications?limit=2')
    expect(body.notification_groups).toMatchObject([
      { type: 'mention', notifications_count: 1, group_key: expect.stringMatching(/^ungrouped-\d+$/) },
      {
        type: 'favourite',
        notifications_count: 2,
        status_id: id,
        most_recent_notification_id: expect.any(Number),
      },
    ])
    expect(body.accounts.map(({ acct }: { acct: string }) => acct).sort()).toEqual(['bob', 'carol'])
    expect(body.statuses.map((status: { id: string }) => status.id)).toContain(id)
  })

  it('10: a boost answers with the wrapper, taking it back with the original', async () => {
    const { id } = await post(alice, { status: 'to be boosted' })
    const boost = (await bob(`POST /api/v1/statuses/${id}/reblog`))?.body
    expect(boost).toMatchObject({ reblog: { id, reblogged: true, reblogs_count: 1 } })
    expect(boost.id).not.toBe(id)
    const back = (await bob(`POST /api/v1/statuses/${id}/unreblog`))?.body
    expect(back).toMatchObject({ id, reblogged: false, reblogs_count: 0, reblog: null })
  })

  it('11: quotes have states, and are refused as if there were no post', async () => {
    const { id } = await post(alice, { status: 'quote me', quote_approval_policy: 'public' })
    const quote = await post(bob, { status: 'see', quoted_status_id: id })
    expect(quote.quote).toMatchObject({ state: 'accepted', quoted_status: { id, quote: null } })
    expect(quote.content).toContain('RE: ')
    const revoked = await alice(`POST /api/v1/statuses/${id}/quotes/${quote.id}/revoke`)
    expect(revoked.body.quote).toEqual({ state: 'revoked', quoted_status: null })
    await alice(`DELETE /api/v1/statuses/${id}`)
    const closed = await post(alice, { status: 'not me', quote_approval_policy: 'nobody' })
    const refused = await bob('POST /api/v1/statuses', {
      json: { status: 'see', quoted_status_id: closed.id },
    })
    expect(refused.status).toBe(404)
  })

  it('12: what a filter found comes without the words of the filter; version 1 names a word', async () => {
    const json = { title: 'none', context: ['home'], keywords_attributes: [{ keyword: 'herring' }] }
    const { body: filter } = await alice('POST /api/v2/filters', { json })
    const { id } = await post(bob, { status: 'a herring' })
    const [result] = (await alice(`GET /api/v1/statuses/${id}`))?.body.filtered ?? []
    expect(result).toMatchObject({
      filter: { id: filter.id },
      keyword_matches: ['herring'],
      status_matches: null,
    })
    expect(result.filter).not.toHaveProperty('keywords')
    const [old] = (await alice('GET /api/v1/filters'))?.body ?? []
    expect(old).toMatchObject({ id: filter.keywords[0].id, phrase: 'herring' })
  })

  it('13: following a remote account is told at once, asking a locked one is not', async () => {
    const remote = await make().account({
      username: 'far',
      domain: 'remote.test',
      inbox_url: 'https://remote.test/inbox',
    })
    const { account: locked } = await make().user({ account: { username: 'locked', locked: true } })
    expect((await alice(`POST /api/v1/accounts/${remote.id}/follow`))?.body).toMatchObject({
      following: true,
      requested: false,
    })
    expect((await alice(`POST /api/v1/accounts/${locked.id}/follow`))?.body).toMatchObject({
      following: false,
      requested: true,
    })
    expect((await alice(`POST /api/v1/accounts/${locked.id}/block`))?.body).toMatchObject({
      blocking: true,
      requested: false,
    })
  })

  it('14: a home that is being built is 206 with a refresh to ask for', async () => {
    const { user } = await make().user({ account: { username: 'dave' } })
    await house.ctx
      .db('users')
      .where({ id: user.id })
      .update({ current_sign_in_at: new Date(0) })
    const dave = askAs((await make().token({ user })).secret)
    const first = await dave('GET /api/v1/timelines/home')
    expect(first.status).toBe(206)
    expect(first.headers.get('mastodon-async-refresh')).toMatch(/^id="[^"]+", retry=\d+$/)
  })

  it('15: events carry texts, and nobody listens without a user', async () => {
    const address = `${house.streamingUrl}/api/v1/streaming?stream=public:local`
    const refused = new WebSocket(address)
    const status = await new Promise((resolve) => {
      refused.once('unexpected-response', (_request, response) => resolve(response.statusCode))
    })
    expect(status).toBe(401)
    const socket = new WebSocket(`${address}&access_token=${alicesToken}`)
    const heard: string[] = []
    socket.on('message', (data) => heard.push(String(data)))
    await house.listening(3)
    const { id } = await post(bob, { status: 'aloud' })
    const frame = JSON.parse(await eventually('the event', async () => heard[0]))
    expect(frame).toMatchObject({ stream: ['public:local'], event: 'update', payload: expect.any(String) })
    expect(JSON.parse(frame.payload).id).toBe(id)
    await bob(`DELETE /api/v1/statuses/${id}`)
    expect(JSON.parse(await eventually('the deletion', async () => heard[1])).payload).toBe(id)
    socket.terminate()
  })
})

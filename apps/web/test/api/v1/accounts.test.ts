import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

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

/** A picture of one pixel. */
const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

const idsOf = (answer: { body: { id: string }[] }) => answer.body.map((account) => account.id)

describe('GET /api/v1/accounts/:id', () => {
  it('shows an account to anybody, for shared caches too when nobody is signed in', async () => {
    const answer = await web.get(`/api/v1/accounts/${cast.bob.account.id}`)
    expect(answer.body).toMatchObject({ id: cast.bob.account.id, acct: 'bob', display_name: 'Bob' })
    expect(answer.headers.get('cache-control')).toContain('public')
    const signedIn = await api.get(`/api/v1/accounts/${cast.bob.account.id}`)
    expect(signedIn.headers.get('cache-control')).toBe('private, no-store')
  })

  it('does not find what is missing, no id, or waiting to be confirmed or approved', async () => {
    const pending = await make.user({ approved: false })
    const unconfirmed = await make.user({ confirmed_at: null })
    for (const id of ['1', 'x', '99999999999999999999', pending.account.id, unconfirmed.account.id]) {
      const answer = await web.get(`/api/v1/accounts/${id}`)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
    }
  })

  it('shows a suspended account with nothing in it', async () => {
    const { account } = await make.user({ account: { display_name: 'Gone', suspended_at: new Date() } })
    const { status, body } = await web.get(`/api/v1/accounts/${account.id}`)
    expect([status, body.suspended, body.display_name]).toEqual([200, true, ''])
  })
})

describe('GET /api/v1/accounts', () => {
  it('shows those it knows, in order, and refuses more than forty', async () => {
    const pending = await make.user({ approved: false })
    const ids = [cast.carol.id, '1', 'x', pending.account.id, cast.bob.account.id]
    expect(idsOf(await web.get(`/api/v1/accounts?${ids.map((id) => `id[]=${id}`).join('&')}`))).toEqual([
      cast.carol.id,
      cast.bob.account.id,
    ])
    expect((await web.get(`/api/v1/accounts?id=${cast.carol.id}`)).body).toEqual([])
    const many = Array.from({ length: 41 }, (_, index) => `id[]=${index + 1}`).join('&')
    const answer = await web.get(`/api/v1/accounts?${many}`)
    expect([answer.status, answer.body]).toEqual([422, { error: 'Mastodon::ValidationError' }])
  })

  it('takes as many statements for 40 as for 2', async () => {
    const ids: string[] = []
    // The first use of a token a day is written down, after the answer.
    await api.get('/api/v1/accounts')
    for (let index = 0; index < 40; index++) ids.push((await make.remoteAccount()).id)
    const list = (some: string[]) => api.get(`/api/v1/accounts?${some.map((id) => `id[]=${id}`).join('&')}`)
    const few = await countStatements(() => list(ids.slice(0, 2)))
    const many = await countStatements(() => list(ids))
    expect(many.count).toBe(few.count)
  })
})

describe('GET /api/v1/accounts/lookup', () => {
  it('finds a known account by its handle, in any spelling', async () => {
    for (const acct of ['bob', '@bob', 'BOB', 'bob@social.test', '@Bob@SOCIAL.test']) {
      expect((await web.get(`/api/v1/accounts/lookup?acct=${acct}`)).body.id).toBe(cast.bob.account.id)
    }
    expect((await web.get('/api/v1/accounts/lookup?acct=carol@Mastodon.Example')).body.id).toBe(cast.carol.id)
  })

  it('does not find others and asks nobody', async () => {
    await make.user({ account: { username: 'waiting' }, approved: false })
    for (const acct of ['carol', 'nobody', 'waiting', 'a@unknown.example', 'not a handle', '']) {
      const answer = await web.get(`/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
    }
    expect((await web.get('/api/v1/accounts/lookup')).status).toBe(404)
  })
})

describe('GET /api/v1/accounts/search', () => {
  const search = async (query: string) => idsOf(await api.get(`/api/v1/accounts/search?${query}`))

  it('finds by the beginning of name or display name, the exact handle first', async () => {
    const bobby = (await make.user({ account: { username: 'bobby', display_name: 'Roberta Bob' } })).account
    await ctx.db('account_stats').where({ account_id: bobby.id }).update({ followers_count: 5000 })
    expect(await search('q=bob')).toEqual([cast.bob.account.id, bobby.id])
    expect(await search('q=robert')).toEqual([bobby.id])
    expect(await search('q=%40bob%40social.test')).toEqual([cast.bob.account.id, bobby.id])
    expect(await search('q=carol%40mastodon.example')).toEqual([cast.carol.id])
    expect(await search('q=bob&limit=1&offset=1')).toEqual([bobby.id])
    expect(await search('q=bob&limit=0')).toEqual([])
    expect(await search('q=')).toEqual([])
  })

  it('knows the limits of its language', async () => {
    for (const q of ["'", '\\', ':*', "bob' & 'x", '(', '!', '<->', '\u2018', '@', '@@', 'bob@', '%']) {
      const answer = await api.get(`/api/v1/accounts/search?q=${encodeURIComponent(q)}`)
      expect([q, answer.status]).toEqual([q, 200])
    }
  })

  it('narrows to followed accounts', async () => {
    await make.user({ account: { username: 'bobby' } })
    expect(await search('q=bob&following=true')).toEqual([])
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    expect(await search('q=bob&following=true')).toEqual([cast.bob.account.id])
    expect(await search('q=bob%40social.test&following=true')).toEqual([cast.bob.account.id])
    expect(await search('q=carol%40mastodon.example&following=true')).toEqual([])
  })

  it('leaves out the suspended, the moved, the unconfirmed and the instance itself', async () => {
    await make.user({ account: { username: 'sora', suspended_at: new Date() } })
    await make.user({ account: { username: 'sorb', moved_to_account_id: cast.bob.account.id } })
    await make.user({ account: { username: 'sorc' }, confirmed_at: null })
    expect(await search('q=sor')).toEqual([])
    expect(await search('q=sora%40social.test')).toEqual([])
    expect(await search('q=mastodon.internal')).toEqual([])
  })
})

describe('verify_credentials and update_credentials', () => {
  it('tells the owner more than others', async () => {
    const { body } = await api.get('/api/v1/accounts/verify_credentials')
    expect(body).toMatchObject({
      id: cast.alice.account.id,
      source: { privacy: 'public' },
      role: { id: '-99' },
    })
    const profile = web.as(await make.token({ user: cast.alice.user, scopes: 'profile' }))
    expect((await profile.get('/api/v1/accounts/verify_credentials')).status).toBe(200)
  })

  const update = (json: object) => api.patch('/api/v1/accounts/update_credentials', { json })
  const jobs = async (name: string) => {
    const rows = await ctx.db('job_outbox').where({ name })
    return rows.length
  }

  it('changes what is sent, answers with it, and tells other servers once', async () => {
    const { status, body } = await update({
      display_name: '  Alice A. ',
      note: 'I like #Ghent',
      bot: true,
      discoverable: true,
      indexable: 'true',
      hide_collections: true,
      attribution_domains: ['https://*.blog.example', 'News.example', '*.blog.example'],
      fields_attributes: [
        { name: 'Site', value: 'https://a.example' },
        { name: '', value: '' },
      ],
      source: { privacy: 'unlisted', sensitive: true, language: 'de', quote_policy: 'followers' },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      display_name: 'Alice A.',
      bot: true,
      discoverable: true,
      indexable: true,
      hide_collections: true,
      source: {
        note: 'I like #Ghent',
        privacy: 'unlisted',
        sensitive: true,
        language: 'de',
        quote_policy: 'followers',
        fields: [{ name: 'Site', value: 'https://a.example', verified_at: null }],
      },
    })
    expect(body.source.attribution_domains).toEqual(['blog.example', 'news.example'])
    const tags = await ctx
      .db('accounts_tags')
      .join('tags', 'tags.id', 'tag_id')
      .where({ account_id: body.id })
    expect(tags.map((tag) => tag.name)).toEqual(['ghent'])
    await update({ note: 'no tags any more', display_name: 'Al' })
    expect(await ctx.db('accounts_tags')).toEqual([])
    const again = await api.get('/api/v1/accounts/verify_credentials')
    expect(again.body).toMatchObject({ display_name: 'Al', bot: true, source: { privacy: 'unlisted' } })
    expect(await jobs('federation.update_actor')).toBe(1)
  })

  it('takes forms, with fields by number', async () => {
    const { body } = await api.patch('/api/v1/accounts/update_credentials', {
      form: {
        'fields_attributes[1][name]': 'B',
        'fields_attributes[1][value]': '2',
        'fields_attributes[0][name]': 'A',
        'fields_attributes[0][value]': '1',
        'source[language]': '',
        locked: 'off',
      },
    })
    expect(body.source.fields.map((field: { name: string }) => field.name)).toEqual(['A', 'B'])
    expect(body.source.language).toBe(null)
  })

  it('keeps the verification of a field whose value stays', async () => {
    const verified_at = '2024-01-02T03:04:05.678Z'
    await ctx
      .db('accounts')
      .where({ id: cast.alice.account.id })
      .update({
        fields: JSON.stringify([{ name: 'Site', value: 'https://a.example', verified_at }]),
      })
    const { body } = await update({
      fields_attributes: [
        { name: 'Home', value: 'https://a.example' },
        { name: 'Other', value: 'https://b.example' },
      ],
    })
    expect(body.fields.map((field: { verified_at: string | null }) => field.verified_at)).toEqual([
      '2024-01-02T03:04:05.678+00:00',
      null,
    ])
  })

  it.each<[string, object, string, string]>([
    [
      'a long name',
      { display_name: 'x'.repeat(41) },
      'display_name',
      'Display name is too long (maximum is 40 characters)',
    ],
    ['a long biography', { note: 'x'.repeat(501) }, 'note', 'Note character limit of 500 exceeded'],
    [
      'a long description',
      { avatar_description: 'x'.repeat(151) },
      'avatar_description',
      'Avatar description is too long (maximum is 150 characters)',
    ],
    [
      'five fields',
      { fields_attributes: Array.from({ length: 5 }, (_, index) => ({ name: `${index}`, value: 'x' })) },
      'fields',
      'Fields is too long (maximum is 4 characters)',
    ],
    [
      'a value without a name',
      { fields_attributes: [{ name: ' ', value: 'x' }] },
      'fields',
      'Fields contains values with missing labels',
    ],
    [
      'a domain that is none',
      { attribution_domains: ['a b'] },
      'attribution_domains',
      'Attribution domains a b is not a valid domain name',
    ],
  ])('refuses %s and changes nothing', async (_name, json, field, message) => {
    const { status, body } = await update({ ...json, locked: true, source: { privacy: 'private' } })
    expect([status, body.error]).toEqual([422, `Validation failed: ${message}`])
    expect(Object.keys(body.details)).toEqual([field])
    expect(body.details[field][0].error).toMatch(/^ERR_/)
    const now = await api.get('/api/v1/accounts/verify_credentials')
    expect(now.body).toMatchObject({ locked: false, source: { privacy: 'public' } })
    expect(await jobs('federation.update_actor')).toBe(0)
  })

  it('counts a link in the biography as 23, and cuts fields at 255', async () => {
    const note = `${'x'.repeat(476)} https://a.example/${'y'.repeat(200)}`
    expect((await update({ note })).status).toBe(200)
    const { body } = await update({ fields_attributes: [{ name: 'n'.repeat(300), value: 'v'.repeat(300) }] })
    expect([body.source.fields[0].name.length, body.source.fields[0].value.length]).toEqual([255, 255])
  })

  it('refuses words that mean no privacy or quote policy', async () => {
    expect((await update({ source: { privacy: 'direct' } })).status).toBe(422)
    expect((await update({ source: { quote_policy: 'friends' } })).status).toBe(422)
  })

  const upload = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const body = new FormData()
    body.set(name, new Blob([bytes], { type: 'image/png' }), 'picture.png')
    body.set('display_name', 'With a picture')
    return api.patch('/api/v1/accounts/update_credentials', { body })
  }

  it('takes pictures, and forgets the old one', async () => {
    const first = await upload('avatar', PNG)
    expect([first.status, first.body.display_name]).toEqual([200, 'With a picture'])
    const { avatar } = first.body
    expect(avatar).toMatch(/\/accounts\/avatars\/.*\/original\/\w+\.png$/)
    const header = await upload('header', PNG)
    expect(header.body.header).toContain('/accounts/headers/')
    expect(header.body.avatar).toBe(avatar)
    expect((await upload('avatar', PNG)).body.avatar).not.toBe(avatar)
    expect((await api.delete('/api/v1/profile/avatar')).body.avatar).toContain('missing.png')
  })

  it('refuses what is no picture, and changes nothing', async () => {
    const text = await upload('avatar', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    expect([text.status, Object.keys(text.body.details)]).toEqual([422, ['avatar']])
    expect((await api.get('/api/v1/accounts/verify_credentials')).body.display_name).toBe('Alice')
  })

  it('accepts everyone who waits when the account is unlocked', async () => {
    await update({ locked: true })
    await make.followRequest({ account: cast.bob.account, target: cast.alice.account })
    await update({ locked: true })
    expect(await jobs('relationships.accept_follow_requests')).toBe(0)
    await update({ locked: false })
    expect(await jobs('relationships.accept_follow_requests')).toBe(1)
  })
})

describe('/api/v1/profile', () => {
  it('shows the profile as typed and as shown, without pictures where none was set', async () => {
    await ctx.db('accounts').where({ id: cast.alice.account.id }).update({ note: 'hello' })
    const { body } = await api.get('/api/v1/profile')
    expect(body).toMatchObject({
      id: cast.alice.account.id,
      note: 'hello',
      formatted_note: '<p>hello</p>',
      avatar: null,
      header_static: null,
      featured_tags: [],
      show_media: true,
    })
  })

  it.each(['put', 'patch'] as const)('is changed by %s', async (method) => {
    const { body } = await api[method]('/api/v1/profile', { json: { show_media: false, display_name: 'A' } })
    expect(body).toMatchObject({ show_media: false, show_featured: true, display_name: 'A' })
  })

  it('loses its pictures', async () => {
    await ctx
      .db('accounts')
      .where({ id: cast.alice.account.id })
      .update({ avatar_file_name: 'a.png', header_file_name: 'h.png' })
    const avatar = await api.delete('/api/v1/profile/avatar')
    expect(avatar.body.avatar).toBe('https://social.test/avatars/original/missing.png')
    expect((await api.delete('/api/v1/profile/header')).body.source).toBeDefined()
    expect((await api.get('/api/v1/profile')).body).toMatchObject({ avatar: null, header: null })
    expect((await api.delete('/api/v1/profile/avatar')).status).toBe(200)
  })
})

describe('what hangs on an account', () => {
  it('lists its statuses as far as they may be seen', async () => {
    const { alice, bob } = cast
    const open = await make.status({ account: bob.account })
    const shy = await make.status({ account: bob.account, visibility: 'private' })
    const direct = await make.status({
      account: bob.account,
      visibility: 'direct',
      mentions: [alice.account],
    })
    const list = (client: TestClient, query = '') =>
      client.get(`/api/v1/accounts/${bob.account.id}/statuses${query}`)
    expect(idsOf(await list(web))).toEqual([open.id])
    expect(idsOf(await list(api))).toEqual([direct.id, open.id])
    expect(idsOf(await list(api, '?exclude_direct=1'))).toEqual([open.id])
    await make.follow({ account: alice.account, target: bob.account })
    expect(idsOf(await list(api))).toEqual([direct.id, shy.id, open.id])
    const page = await list(api, '?limit=2&exclude_replies=true&exclude_direct=1')
    expect(page.headers.get('link')).toContain(`exclude_replies=true&limit=2&max_id=${open.id}>; rel="next"`)
    expect(page.headers.get('link')).toContain(`min_id=${shy.id}>; rel="prev"`)
    await make.block({ account: bob.account, target: alice.account })
    expect(idsOf(await list(api))).toEqual([])
    expect((await web.get('/api/v1/accounts/1/statuses')).status).toBe(404)
  })

  it('lists its hashtags, most used first', async () => {
    const [cats, dogs] = [
      await make.tag({ name: 'cats' }),
      await make.tag({ name: 'dogs', display_name: 'Dogs' }),
    ]
    const { bob } = cast
    await ctx.db('featured_tags').insert([
      {
        account_id: bob.account.id,
        tag_id: cats.id,
        statuses_count: 1,
        last_status_at: new Date('2026-01-02T03:04:05Z'),
      },
      { account_id: bob.account.id, tag_id: dogs.id, statuses_count: 7 },
    ])
    const { body } = await web.get(`/api/v1/accounts/${bob.account.id}/featured_tags`)
    expect(body).toMatchObject([
      {
        name: 'Dogs',
        statuses_count: '7',
        last_status_at: null,
        url: 'https://social.test/@bob/tagged/dogs',
      },
      { name: 'cats', statuses_count: '1', last_status_at: '2026-01-02' },
    ])
  })

  it('tells on which of the own lists it is, and nobody elses (SEC-PRIV-13)', async () => {
    const { alice, bob, eve } = cast
    await make.follow({ account: alice.account, target: bob.account })
    await make.follow({ account: eve.account, target: bob.account })
    const mine = await make.list({ account: alice.account, title: 'Friends', members: [bob.account] })
    await make.list({ account: eve.account, members: [bob.account] })
    const { body } = await api.get(`/api/v1/accounts/${bob.account.id}/lists`)
    expect(body).toEqual([{ id: mine.id, title: 'Friends', replies_policy: 'list', exclusive: false }])
  })

  it('lists whom it endorses, by the ids of the accounts', async () => {
    const { bob, carol, dan } = cast
    for (const target of [carol, dan]) {
      await make.follow({ account: bob.account, target })
      await make.endorsement({ account: bob.account, target })
    }
    const first = await web.get(`/api/v1/accounts/${bob.account.id}/endorsements?limit=1`)
    expect(idsOf(first)).toEqual([dan.id])
    expect(first.headers.get('link')).toContain(`max_id=${dan.id}>; rel="next"`)
  })

  it('has no identity proofs, which is deprecated', async () => {
    const answer = await api.get(`/api/v1/accounts/${cast.bob.account.id}/identity_proofs`)
    expect([answer.body, answer.headers.get('deprecation')]).toEqual([[], '@1648598400'])
  })
})

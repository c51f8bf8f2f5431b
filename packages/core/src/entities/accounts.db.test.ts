import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { NotFoundError } from '../kernel/errors.ts'
import { renderAccount, renderAccounts, renderCredentialAccount, renderRelationships } from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(() => closeTestContext(ctx))

describe('renderAccount', () => {
  it('shows a local account whole', async () => {
    const { account } = await make.user({
      account: {
        username: 'lena',
        display_name: 'Lena :blob:',
        note: 'Hello\n#world and @alice',
        fields: [
          { name: 'Home', value: 'https://lena.example', verified_at: '2019-08-29T04:14:55.571+00:00' },
        ],
        discoverable: true,
        created_at: new Date('2024-02-03T04:05:06.789Z'),
        stats: { followers_count: '3', last_status_at: new Date('2025-06-07T23:59:59Z') },
      },
    })
    await make.customEmoji({ shortcode: 'blob', id: '42' })
    expect(await renderAccount(ctx, null, account.id)).toEqual({
      id: account.id,
      username: 'lena',
      acct: 'lena',
      display_name: 'Lena :blob:',
      locked: false,
      bot: false,
      discoverable: true,
      indexable: false,
      group: false,
      created_at: '2024-02-03T00:00:00.000Z',
      note:
        '<p>Hello<br /><a href="https://social.test/tags/world" class="mention hashtag" rel="tag">#<span>world</span></a>' +
        ' and <span class="h-card" translate="no"><a href="https://social.test/@alice" class="u-url mention">@<span>alice</span></a></span></p>',
      url: 'https://social.test/@lena',
      uri: `https://social.test/ap/users/${account.id}`,
      avatar: 'https://social.test/avatars/original/missing.png',
      avatar_static: 'https://social.test/avatars/original/missing.png',
      avatar_description: '',
      header: 'https://social.test/headers/original/missing.png',
      header_static: 'https://social.test/headers/original/missing.png',
      header_description: '',
      followers_count: 3,
      following_count: 0,
      statuses_count: 0,
      last_status_at: '2025-06-07',
      hide_collections: null,
      show_media: true,
      show_media_replies: true,
      show_featured: true,
      emojis: [
        {
          shortcode: 'blob',
          url: 'https://social.test/system/custom_emojis/images/000/000/042/original/blob.png',
          static_url: 'https://social.test/system/custom_emojis/images/000/000/042/static/blob.png',
          visible_in_picker: true,
        },
      ],
      fields: [
        {
          name: 'Home',
          value:
            '<a href="https://lena.example" target="_blank" rel="nofollow noopener me" translate="no">' +
            '<span class="invisible">https://</span><span class="">lena.example</span><span class="invisible"></span></a>',
          verified_at: '2019-08-29T04:14:55.571+00:00',
        },
      ],
      feature_approval: { automatic: ['public'], manual: [], current_user: 'denied' },
      noindex: false,
      roles: [],
    })
  })

  it('shows a remote account under its own addresses, its texts sanitised', async () => {
    const carol = await make.remoteAccount({
      username: 'karin',
      domain: 'm.example',
      note: '<p>Hi<script>alert(1)</script></p>',
      fields: [{ name: 'a', value: '<b onclick="x()">v</b>' }],
      avatar_file_name: 'a.png',
      avatar_content_type: 'image/png',
      avatar_storage_schema_version: 1,
    })
    const json = await renderAccount(ctx, cast.alice, carol.id)
    expect(json).toMatchObject({
      acct: 'karin@m.example',
      uri: 'https://m.example/users/karin',
      url: 'https://m.example/@karin',
      note: '<p>Hi</p>',
      feature_approval: { automatic: [], manual: [], current_user: 'missing' },
    })
    expect(json.fields[0]?.value).not.toContain('onclick')
    expect(json.avatar).toMatch(/\/system\/cache\/accounts\/avatars\/(\d{3}\/)+original\/a\.png$/)
    expect(json.avatar_static).toBe(json.avatar)
    expect(json).not.toHaveProperty('noindex')
    expect(json).not.toHaveProperty('roles')
  })

  it('has a still version of a GIF alone', async () => {
    const account = await make.account({ avatar_file_name: 'a.gif', avatar_content_type: 'image/gif' })
    const json = await renderAccount(ctx, null, account.id)
    expect(json.avatar).toMatch(/original\/a\.gif$/)
    expect(json.avatar_static).toMatch(/static\/a\.png$/)
  })

  it('empties a suspended account', async () => {
    const account = await make.account({
      display_name: 'X',
      note: 'Y',
      locked: true,
      discoverable: true,
      indexable: true,
      actor_type: 'Service',
      avatar_file_name: 'a.png',
      fields: [{ name: 'a', value: 'b' }],
      suspended_at: new Date(),
    })
    expect(await renderAccount(ctx, null, account.id)).toMatchObject({
      suspended: true,
      display_name: '',
      note: '',
      locked: false,
      bot: false,
      discoverable: false,
      indexable: false,
      fields: [],
      emojis: [],
      roles: [],
      avatar: 'https://social.test/avatars/original/missing.png',
    })
  })

  it('says limited, memorial and bot where they hold, and nothing where not', async () => {
    const limited = await make.account({ silenced_at: new Date(), memorial: true, actor_type: 'Service' })
    expect(await renderAccount(ctx, null, limited.id)).toMatchObject({
      limited: true,
      memorial: true,
      bot: true,
    })
    const plain = await renderAccount(ctx, null, cast.bob.account.id)
    for (const key of ['limited', 'memorial', 'suspended', 'moved']) expect(plain).not.toHaveProperty(key)
  })

  it('nests what an account moved to, one level deep', async () => {
    const last = await make.remoteAccount({ username: 'last' })
    const middle = await make.remoteAccount({ username: 'middle', moved_to_account_id: last.id })
    const first = await make.account({ moved_to_account_id: middle.id })
    const json = await renderAccount(ctx, null, first.id)
    expect(json.moved?.acct).toBe('middle@remote.example')
    expect(json.moved).not.toHaveProperty('moved')
    await ctx.db('accounts').where({ id: first.id }).update({ suspended_at: new Date() })
    expect(await renderAccount(ctx, null, first.id)).toMatchObject({ moved: null })
  })

  it('shows a highlighted role and no other', async () => {
    const shown = await make.role({ name: 'Gardener', color: '#00ff00', highlighted: true })
    const hidden = await make.role({ name: 'Spy' })
    const gardener = await make.user({ role_id: shown.id })
    const spy = await make.user({ role_id: hidden.id })
    expect((await renderAccount(ctx, null, gardener.account.id)).roles).toEqual([
      { id: shown.id, name: 'Gardener', color: '#00ff00' },
    ])
    expect((await renderAccount(ctx, null, spy.account.id)).roles).toEqual([])
  })

  it('throws NotFoundError for what is not there', async () => {
    await expect(renderAccount(ctx, null, '404')).rejects.toBeInstanceOf(NotFoundError)
  })

  it('keeps the order of a list and leaves out what is missing', async () => {
    const ids = [cast.dan.id, '404', cast.alice.account.id, cast.carol.id]
    const json = await renderAccounts(ctx, null, ids)
    expect(json.map((account) => account.id)).toEqual([cast.dan.id, cast.alice.account.id, cast.carol.id])
  })
})

describe('renderCredentialAccount', () => {
  it('adds what only its owner is told', async () => {
    const viewer = await make.viewer({
      account: { note: 'plain\ntext', locked: true, attribution_domains: ['blog.example'] },
      settings: { default_sensitive: true, default_language: 'de', noindex: true },
    })
    for (let index = 0; index < 2; index += 1)
      await make.followRequest({ account: await make.account(), target: viewer.account })
    const json = await renderCredentialAccount(ctx, viewer)
    expect(json.source).toEqual({
      privacy: 'private',
      sensitive: true,
      language: 'de',
      quote_policy: 'public',
      note: 'plain\ntext',
      fields: [],
      hide_collections: null,
      discoverable: null,
      indexable: false,
      attribution_domains: ['blog.example'],
      follow_requests_count: 2,
    })
    expect(json.role).toEqual({
      id: '-99',
      name: '',
      permissions: '65536',
      color: '',
      highlighted: false,
      collection_limit: 10,
    })
    expect(json.noindex).toBe(true)
  })

  it('counts follow requests to 40', async () => {
    const viewer = await make.viewer()
    for (let index = 0; index < 42; index += 1)
      await make.followRequest({ account: await make.account(), target: viewer.account })
    expect((await renderCredentialAccount(ctx, viewer)).source.follow_requests_count).toBe(40)
  })

  it('tells an administrator all permissions', async () => {
    const role = await make.role({ permissions: '1' })
    const viewer = await make.viewer({ role_id: role.id })
    expect((await renderCredentialAccount(ctx, viewer)).role.permissions).toBe(String(2 ** 23 - 1))
  })
})

describe('renderRelationships', () => {
  const stranger = {
    following: false,
    showing_reblogs: false,
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
  }

  it('tells strangers apart from everything else', async () => {
    const viewer = await make.viewer()
    const me = viewer.account
    const friend = await make.account()
    await make.follow({ account: me, target: friend, notify: true, show_reblogs: false, languages: ['de'] })
    await make.follow({ account: friend, target: me })
    await make.endorsement({ account: me, target: friend })
    await make.accountNote({ account: me, target: friend, comment: 'nice' })
    const foe = await make.account()
    await make.block({ account: me, target: foe })
    await make.block({ account: foe, target: me })
    const muted = await make.account()
    const until = new Date(Date.now() + 3_600_000)
    await make.mute({ account: me, target: muted, hide_notifications: false, expires_at: until })
    const mutedBefore = await make.account()
    await make.mute({ account: me, target: mutedBefore, expires_at: new Date(Date.now() - 1000) })
    const asked = await make.account({ locked: true })
    await make.followRequest({ account: me, target: asked, notify: true })
    await make.followRequest({ account: asked, target: me })
    const hidden = await make.remoteAccount({ domain: 'hidden.example' })
    await make.domainBlock({ account: me, domain: 'hidden.example' })
    const accounts = [friend, foe, muted, mutedBefore, asked, hidden, cast.eve.account]
    const json = await renderRelationships(
      ctx,
      viewer,
      accounts.map((account) => account.id),
    )
    const expected = [
      {
        following: true,
        followed_by: true,
        notifying: true,
        languages: ['de'],
        endorsed: true,
        note: 'nice',
      },
      { blocking: true, blocked_by: true },
      { muting: true, muting_expires_at: `${until.toISOString().slice(0, 19)}Z` },
      {},
      { requested: true, requested_by: true, notifying: true, showing_reblogs: true },
      { domain_blocking: true },
      {},
    ]
    expect(json).toEqual(accounts.map(({ id }, index) => ({ id, ...stranger, ...expected[index] })))
  })

  it('is told from the side of the viewer alone', async () => {
    await make.follow({ account: cast.bob.account, target: cast.eve.account })
    const [bobs] = await renderRelationships(ctx, cast.bob, [cast.eve.account.id])
    const [eves] = await renderRelationships(ctx, cast.eve, [cast.bob.account.id])
    expect([bobs?.following, bobs?.followed_by, eves?.following, eves?.followed_by]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

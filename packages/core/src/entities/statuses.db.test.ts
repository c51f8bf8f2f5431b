import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { graphsFor, loadGraph } from '../graph/index.ts'
import { NotFoundError } from '../kernel/errors.ts'
import type { Viewer } from '../kernel/viewer.ts'
import {
  renderContext,
  renderDeletedStatus,
  renderStatus,
  renderStatusEdits,
  renderStatuses,
  statusBaseJson,
  statusJson,
  statusViewerPart,
} from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(() => closeTestContext(ctx))

const show = (status: StatusRow, viewer: Viewer | null = null) => renderStatus(ctx, viewer, status.id)

describe('a local status', () => {
  it('is shown whole to the anonymous', async () => {
    const alice = cast.alice.account
    const status = await make.status({
      account: alice,
      text: 'Hi @carol@mastodon.example #Tag',
      spoiler_text: 'cw',
      sensitive: true,
      visibility: 'unlisted',
      mentions: [cast.carol],
      silentMentions: [cast.dan],
      tags: ['tag'],
      created_at: new Date('2025-01-02T03:04:05.678Z'),
      edited_at: new Date('2025-01-03T00:00:00.000Z'),
      stats: { favourites_count: '5', reblogs_count: '4', replies_count: '3', quotes_count: '2' },
    })
    const json = await show(status)
    expect(json).toEqual({
      id: status.id,
      created_at: '2025-01-02T03:04:05.678Z',
      in_reply_to_id: null,
      in_reply_to_account_id: null,
      sensitive: true,
      spoiler_text: 'cw',
      visibility: 'unlisted',
      language: 'en',
      uri: `https://social.test/ap/users/${alice.id}/statuses/${status.id}`,
      url: `https://social.test/@alice/${status.id}`,
      replies_count: 3,
      reblogs_count: 4,
      favourites_count: 5,
      quotes_count: 2,
      edited_at: '2025-01-03T00:00:00.000Z',
      content:
        '<p>Hi <span class="h-card" translate="no"><a href="https://mastodon.example/@carol" class="u-url mention">@<span>carol</span></a></span>' +
        ' <a href="https://social.test/tags/Tag" class="mention hashtag" rel="tag">#<span>Tag</span></a></p>',
      reblog: null,
      application: null,
      account: expect.objectContaining({ id: alice.id, acct: 'alice' }),
      media_attachments: [],
      mentions: [
        {
          id: cast.carol.id,
          username: 'carol',
          url: 'https://mastodon.example/@carol',
          acct: 'carol@mastodon.example',
        },
      ],
      tags: [{ name: 'tag', url: 'https://social.test/tags/tag' }],
      emojis: [],
      tagged_collections: [],
      quote: null,
      quote_approval: { automatic: [], manual: [], current_user: 'denied' },
      card: null,
      poll: null,
      reactions: [],
    })
  })

  it('keeps the answered status, its account and the language', async () => {
    const parent = await make.status({ account: cast.bob.account })
    const reply = await make.status({ account: cast.alice.account, inReplyTo: parent, language: null })
    expect(await show(reply)).toMatchObject({
      in_reply_to_id: parent.id,
      in_reply_to_account_id: cast.bob.account.id,
      language: null,
    })
    expect(await show(parent)).toMatchObject({ replies_count: 1 })
  })

  it('shows limited as private', async () => {
    expect(await show(await make.status({ visibility: 'limited' }))).toMatchObject({ visibility: 'private' })
  })

  it('keeps shortcodes in the text and lists their emojis, those of poll options too', async () => {
    await make.customEmoji({ shortcode: 'party' })
    await make.customEmoji({ shortcode: 'gone', disabled: true })
    await make.customEmoji({ shortcode: 'theirs', domain: 'mastodon.example' })
    await make.customEmoji({ shortcode: 'option' })
    const status = await make.status({ text: 'a:party: :party: :gone: :theirs: :none:' })
    await make.poll({ status, options: [':option:', 'no'] })
    const json = await show(status)
    expect(json.content).toContain(':party:')
    expect(json.emojis.map((emoji) => emoji.shortcode)).toEqual(['party', 'option'])
    expect(json.poll?.emojis.map((emoji) => emoji.shortcode)).toEqual(['option'])
  })
})

describe('application', () => {
  it('is shown by default, hidden by a preference, and always shown to the author', async () => {
    const application = await make.application({ name: 'Tusky', website: 'https://tusky.app' })
    const shows = await make.viewer()
    const hides = await make.viewer({ settings: { show_application: false } })
    const shown = await make.status({ account: shows.account, application_id: application.id })
    const hidden = await make.status({ account: hides.account, application_id: application.id })
    const expected = { name: 'Tusky', website: 'https://tusky.app' }
    expect(await show(shown)).toMatchObject({ application: expected })
    expect(await show(hidden, cast.eve)).not.toHaveProperty('application')
    expect(await show(hidden, hides)).toMatchObject({ application: expected })
  })

  it('is left out of a remote status', async () => {
    expect(await show(await make.status({ account: cast.carol }))).not.toHaveProperty('application')
  })
})

describe('a remote status', () => {
  it('has its own addresses, sanitised HTML and the counts its server tells', async () => {
    const status = await make.status({
      account: cast.carol,
      text: '<p>Hi <img src=x onerror=alert(1)><a href="javascript:x">y</a></p>',
      uri: 'https://mastodon.example/users/carol/statuses/1',
      url: 'https://mastodon.example/@carol/1',
      stats: {
        favourites_count: '1',
        untrusted_favourites_count: '70',
        untrusted_reblogs_count: '0',
        reblogs_count: '9',
      },
    })
    const json = await show(status)
    expect(json).toMatchObject({
      uri: 'https://mastodon.example/users/carol/statuses/1',
      url: 'https://mastodon.example/@carol/1',
      favourites_count: 70,
      reblogs_count: 0,
    })
    expect(json.content).not.toMatch(/onerror|javascript|<img/)
  })
})

describe('a reblog', () => {
  it('wraps what it reblogs and is empty itself', async () => {
    const original = await make.status({
      account: cast.carol,
      text: '<p>x</p>',
      spoiler_text: 'cw',
      tags: ['z'],
    })
    const wrapper = await make.status({
      account: cast.alice.account,
      reblogOf: original,
      visibility: 'unlisted',
    })
    const json = await show(wrapper, cast.bob)
    const activity = `https://social.test/ap/users/${cast.alice.account.id}/statuses/${wrapper.id}/activity`
    expect(json).toMatchObject({
      id: wrapper.id,
      visibility: 'unlisted',
      content: '',
      spoiler_text: '',
      language: null,
      in_reply_to_id: null,
      uri: activity,
      url: activity,
      reblogs_count: 0,
      favourites_count: 0,
      media_attachments: [],
      mentions: [],
      tags: [],
      emojis: [],
      card: null,
      poll: null,
      quote: null,
      reblog: { id: original.id, content: '<p>x</p>', spoiler_text: 'cw', reblog: null, reblogs_count: 1 },
    })
    expect(json.quote_approval).toEqual(json.reblog?.quote_approval)
  })

  it('has no page when it came from elsewhere', async () => {
    const wrapper = await make.status({ account: cast.carol, reblogOf: await make.status() })
    expect(await show(wrapper)).toMatchObject({ url: null, uri: wrapper.uri })
  })

  it('goes with what it reblogs', async () => {
    const original = await make.status()
    const wrapper = await make.status({ reblogOf: original })
    await ctx.db('statuses').where({ id: original.id }).update({ deleted_at: new Date() })
    expect(await renderStatuses(ctx, null, [wrapper.id, original.id])).toEqual([])
    await expect(show(wrapper)).rejects.toBeInstanceOf(NotFoundError)
  })
})

describe('the viewer’s part', () => {
  const VIEWER_KEYS = ['favourited', 'reblogged', 'muted', 'bookmarked', 'filtered', 'pinned']

  it('is missing for the anonymous', async () => {
    const json = await show(await make.status())
    for (const key of VIEWER_KEYS) expect(json).not.toHaveProperty(key)
  })

  it('is all false for a stranger, without a pin', async () => {
    const json = await show(await make.status(), cast.eve)
    expect(json).toMatchObject({
      favourited: false,
      reblogged: false,
      muted: false,
      bookmarked: false,
      filtered: [],
    })
    expect(json).not.toHaveProperty('pinned')
  })

  it('tells what the viewer did, and nobody else', async () => {
    const status = await make.status({ account: cast.alice.account })
    const { account } = cast.bob
    await make.favourite({ account, status })
    await make.bookmark({ account, status })
    await make.status({ account, reblogOf: status })
    await make.conversationMute({ account, status })
    await make.pin({ status })
    const seen = { favourited: true, reblogged: true, muted: true, bookmarked: true }
    expect(await show(status, cast.bob)).toMatchObject(seen)
    expect(await show(status, cast.alice)).toMatchObject({
      pinned: true,
      favourited: false,
      reblogged: false,
    })
    expect(await show(status, cast.eve)).toMatchObject({ favourited: false, muted: false, bookmarked: false })
  })

  it('forgets a reblog that was taken back', async () => {
    const status = await make.status()
    await make.status({ account: cast.bob.account, reblogOf: status, deleted_at: new Date() })
    expect(await show(status, cast.bob)).toMatchObject({ reblogged: false })
  })

  it.each([
    ['public', true],
    ['unlisted', true],
    ['private', true],
    ['direct', false],
  ] as const)('says whether an own %s status is pinned: %s', async (visibility, isTold) => {
    const json = await show(await make.status({ account: cast.bob.account, visibility }), cast.bob)
    expect('pinned' in json).toBe(isTold)
  })

  it('shows a forced warning to all but the author', async () => {
    const viewer = await make.viewer({ account: { sensitized_at: new Date() } })
    const status = await make.status({ account: viewer.account })
    expect(await show(status)).toMatchObject({ sensitive: true })
    expect(await show(status, cast.eve)).toMatchObject({ sensitive: true })
    expect(await show(status, viewer)).toMatchObject({ sensitive: false })
  })

  it('laid over the base is what the viewer is shown, and the base is what the anonymous are', async () => {
    const original = await make.status({
      account: cast.alice.account,
      text: 'needle',
      quoteOf: await make.status(),
    })
    await make.poll({ status: original })
    const wrapper = await make.status({ account: cast.bob.account, reblogOf: original })
    await make.favourite({ account: cast.bob.account, status: original })
    await make.filter({ account: cast.bob.account, keywords: ['needle'] })
    const anonymous = await loadGraph(ctx, null, { statuses: [wrapper.id, original.id] })
    for (const viewer of [cast.alice, cast.bob, cast.eve])
      for (const { id } of [wrapper, original]) {
        const graph = await loadGraph(ctx, viewer, { statuses: [wrapper.id, original.id] })
        const whole = statusJson(graph, id)
        expect(statusBaseJson(graph, id)).toEqual(statusJson(anonymous, id))
        expect({ ...statusBaseJson(graph, id), ...statusViewerPart(graph, id) }).toEqual(whole)
        const others = await graphsFor(ctx, anonymous, [cast.eve.account.id, viewer.account.id])
        const own = others.get(viewer.account.id)
        expect(own && statusJson(own, id)).toEqual(whole)
      }
  })
})

describe('filtered', () => {
  it('names the filters that catch a status, for a wrapper those of what it reblogs', async () => {
    const viewer = await make.viewer()
    const expires = new Date(Date.now() + 60_000)
    const filter = await make.filter({
      account: viewer.account,
      phrase: 'Spoilers',
      keywords: ['Dune', { keyword: 'worm', whole_word: false }],
      context: ['home', 'public'],
      action: 1,
      expires_at: expires,
    })
    await make.filter({
      account: viewer.account,
      keywords: ['dune'],
      expires_at: new Date(Date.now() - 1000),
    })
    await make.filter({ account: cast.eve.account, keywords: ['dune'] })
    const original = await make.status({ text: 'I saw DUNE yesterday' })
    const wrapper = await make.status({ reblogOf: original })
    const result = {
      filter: {
        id: filter.id,
        title: 'Spoilers',
        context: ['home', 'public'],
        expires_at: expires.toISOString(),
        filter_action: 'hide',
      },
      keyword_matches: ['DUNE'],
      status_matches: null,
    }
    const json = await show(wrapper, viewer)
    expect(json.filtered).toEqual([result])
    expect(json.reblog?.filtered).toEqual([result])
  })

  it('catches a status that a filter names', async () => {
    const viewer = await make.viewer()
    const status = await make.status()
    await make.filter({ account: viewer.account, statuses: [status] })
    const wrapper = await make.status({ reblogOf: status })
    const expected = [expect.objectContaining({ keyword_matches: null, status_matches: [status.id] })]
    expect((await show(status, viewer)).filtered).toEqual(expected)
    expect((await show(wrapper, viewer)).filtered).toEqual(expected)
  })
})

describe('poll', () => {
  it('hides totals until it is over, and tells the viewer her votes', async () => {
    const status = await make.status({ account: cast.alice.account })
    const poll = await make.poll({
      status,
      options: ['a', 'b'],
      cached_tallies: ['2', '1'],
      votes_count: '3',
      voters_count: '3',
      hide_totals: true,
      multiple: true,
    })
    await make.pollVote({ account: cast.bob.account, poll, choice: 1 })
    await make.pollVote({ account: cast.bob.account, poll, choice: 0 })
    const open = await show(status)
    expect(open.poll).toEqual({
      id: poll.id,
      expires_at: poll.expires_at?.toISOString(),
      expired: false,
      multiple: true,
      votes_count: 3,
      voters_count: 3,
      options: [
        { title: 'a', votes_count: null },
        { title: 'b', votes_count: null },
      ],
      emojis: [],
    })
    expect((await show(status, cast.bob)).poll).toMatchObject({ voted: true, own_votes: [0, 1] })
    expect((await show(status, cast.eve)).poll).toMatchObject({ voted: false, own_votes: [] })
    expect((await show(status, cast.alice)).poll).toMatchObject({ voted: true, own_votes: [] })
    await ctx
      .db('polls')
      .where({ id: poll.id })
      .update({ expires_at: new Date(Date.now() - 1) })
    expect((await show(status)).poll).toMatchObject({
      expired: true,
      options: [
        { title: 'a', votes_count: 2 },
        { title: 'b', votes_count: 1 },
      ],
    })
  })
})

describe('card', () => {
  it('shows a preview with the account of its author', async () => {
    const status = await make.status()
    const card = await make.card({
      status,
      author_account_id: cast.dan.id,
      image_file_name: 'x.png',
      image_storage_schema_version: 1,
      published_at: new Date('2025-01-01T00:00:00Z'),
    })
    const json = await show(status)
    expect(json.card).toEqual({
      url: card.url,
      title: card.title,
      description: 'What it is about',
      language: null,
      type: 'link',
      author_name: '',
      author_url: '',
      provider_name: 'News',
      provider_url: '',
      html: '',
      width: 0,
      height: 0,
      image: expect.stringMatching(
        /\/system\/cache\/preview_cards\/images\/\d{3}\/\d{3}\/\d{3}\/original\/x\.png$/,
      ),
      image_description: '',
      embed_url: '',
      blurhash: null,
      published_at: '2025-01-01T00:00:00.000Z',
      authors: [{ name: '', url: '', account: expect.objectContaining({ id: cast.dan.id }) }],
    })
  })
})

describe('renderDeletedStatus', () => {
  it('gives the source back in place of the HTML', async () => {
    const media = await make.media({ account: cast.alice.account })
    const status = await make.status({ account: cast.alice.account, text: 'as #typed', media: [media] })
    const json = await renderDeletedStatus(ctx, cast.alice, status.id)
    expect(json).not.toHaveProperty('content')
    expect(json).toMatchObject({ id: status.id, text: 'as #typed', media_attachments: [{ id: media.id }] })
  })
})

describe('renderContext', () => {
  it('keeps both lists in order', async () => {
    const root = await make.status()
    const reply = await make.status({ inReplyTo: root })
    const json = await renderContext(ctx, null, { ancestors: [root.id], descendants: [reply.id, '404'] })
    expect(json.ancestors.map((status) => status.id)).toEqual([root.id])
    expect(json.descendants.map((status) => status.id)).toEqual([reply.id])
  })
})

describe('renderStatusEdits', () => {
  it('shows one version of what was never edited', async () => {
    const status = await make.status({ account: cast.alice.account, text: 'only' })
    expect(await renderStatusEdits(ctx, null, status.id)).toEqual([
      {
        account: expect.objectContaining({ acct: 'alice' }),
        content: '<p>only</p>',
        spoiler_text: '',
        sensitive: false,
        created_at: status.created_at.toISOString(),
        media_attachments: [],
        emojis: [],
      },
    ])
  })

  it('shows versions oldest first, with the descriptions and options they had', async () => {
    const media = await make.media({ account: cast.alice.account, description: 'new' })
    await make.customEmoji({ shortcode: 'before' })
    const status = await make.status({ account: cast.alice.account, text: 'after', media: [media] })
    await make.statusEdit({
      status,
      text: 'old :before:',
      spoiler_text: 'cw',
      media_descriptions: ['old'],
      poll_options: ['x', 'y'],
      created_at: new Date('2025-01-01T00:00:00Z'),
    })
    await make.statusEdit({ status, media_descriptions: ['new'] })
    const [first, second] = await renderStatusEdits(ctx, null, status.id)
    expect(first).toMatchObject({
      content: '<p>old :before:</p>',
      spoiler_text: 'cw',
      created_at: '2025-01-01T00:00:00.000Z',
      media_attachments: [{ id: media.id, description: 'old' }],
      poll: { options: [{ title: 'x' }, { title: 'y' }] },
      emojis: [{ shortcode: 'before' }],
    })
    expect(second).toMatchObject({ content: '<p>after</p>', media_attachments: [{ description: 'new' }] })
    expect(second).not.toHaveProperty('poll')
  })

  it('shows the quote of versions that had one', async () => {
    const quoted = await make.status({ account: cast.alice.account })
    const status = await make.status({ account: cast.bob.account, quoteOf: quoted })
    const [present] = await renderStatusEdits(ctx, null, status.id)
    expect(present?.quote).toMatchObject({ state: 'accepted', quoted_status: { id: quoted.id } })
    const quote = await ctx.db('quotes').where({ status_id: status.id }).first()
    await make.statusEdit({ status, text: 'before' })
    await make.statusEdit({ status, quote_id: quote.id })
    const [before, after] = await renderStatusEdits(ctx, null, status.id)
    expect(before).not.toHaveProperty('quote')
    expect(before?.content).toBe('<p>before</p>')
    expect(after?.quote).toEqual(present?.quote)
    expect(after?.content).toMatch(/^<p class="quote-inline">/)
  })

  it('throws NotFoundError for what is not there', async () => {
    await expect(renderStatusEdits(ctx, null, '404')).rejects.toBeInstanceOf(NotFoundError)
  })
})

import { idAt } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { searchStatuses } from './search-statuses.ts'

let ctx: TestContext
let make: Factories
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
})

const PAGE = { limit: 20, offset: 0 }
const find = (query: string, options = {}) => searchStatuses(ctx, cast.alice, query, { ...PAGE, ...options })

describe('searchStatuses', () => {
  it('finds own posts, mentions and what was touched, whoever wrote them', async () => {
    const own = await make.status({
      account: cast.alice.account,
      text: 'yellow finch',
      visibility: 'private',
    })
    const mention = await make.status({
      account: cast.bob.account,
      text: 'finch for you',
      visibility: 'direct',
      mentions: [cast.alice.account],
    })
    const liked = await make.status({ account: cast.carol, text: '<p class="x">A <b>finch</b></p>' })
    await make.favourite({ account: cast.alice.account, status: liked })
    await make.status({ account: cast.bob.account, text: 'finch nobody may find' })
    expect(await find('finch')).toEqual([liked.id, mention.id, own.id])
    expect(await find('class')).toEqual([])
    expect(await find('FINCH yellow')).toEqual([own.id])
    expect(await find('finch in:public')).toEqual([])
  })

  it('finds public posts of who allows it, and never what is hidden from or by the viewer', async () => {
    const open = await make.remoteAccount({ domain: 'open.example', indexable: true })
    const found = await make.status({ account: open, text: 'finch' })
    await make.status({ account: open, text: 'finch', visibility: 'unlisted' })
    await make.status({ account: open, text: 'finch', visibility: 'private' })
    await make.status({ account: open, text: 'finch', deleted_at: new Date() })
    expect(await find('finch')).toEqual([found.id])
    expect(await find('finch in:library')).toEqual([])
    await make.mute({ account: cast.alice.account, target: open })
    expect(await find('finch')).toEqual([])
  })

  it('knows the operators, and each of them turned round', async () => {
    const text = 'finch'
    const { alice, bob } = cast
    const created = new Date('2024-03-05T12:00:00Z')
    const old = await make.status({
      id: idAt(created),
      account: alice.account,
      text,
      language: 'de',
      created_at: created,
    })
    const nsfw = await make.status({ account: alice.account, text: 'finch song', sensitive: true })
    const bobs = await make.status({ account: bob.account, text, mentions: [alice.account] })
    const cases: [string, { id: string }[]][] = [
      ['from:me', [nsfw, old]],
      ['-from:me finch', [bobs]],
      ['finch from:@bob', [bobs]],
      ['finch from:nobody', []],
      ['is:sensitive', [nsfw]],
      ['finch -is:sensitive', [bobs, old]],
      ['has:nonsense', []],
      ['language:de', [old]],
      ['finch -language:de', [bobs, nsfw]],
      ['finch before:2024-03-06', [old]],
      ['finch before:2024-03-05', []],
      ['finch after:2024-03-05', [bobs, nsfw]],
      ['finch during:2024-03-05', [old]],
      ['finch during:2024-13-05', []],
      ['"finch song"', [nsfw]],
      ['"song finch"', []],
      ['finch -song', [bobs, old]],
      ["finch' | & ! :* (", [bobs, nsfw, old]],
    ]
    for (const [query, found] of cases) {
      expect([query, await find(query)]).toEqual([query, found.map((status) => status.id)])
    }
    expect(await find('finch', { accountId: bob.account.id })).toEqual([bobs.id])
    expect(await find('finch', { maxId: nsfw.id })).toEqual([old.id])
    expect(await find('finch', { limit: 1, offset: 1 })).toEqual([nsfw.id])
  })

  it.each([
    ['a stem of the language of the post', 'en', 'the horses were running', 'horse run', true],
    ['a stem, but not in quotes', 'en', 'the horses were running', '"horse"', false],
    ['what stands there, in quotes', 'en', 'the horses were running', '"horses were"', true],
    ['a stem of another language that the searcher reads', 'de', 'Die Katzen schlafen', 'Katze', true],
    ['no stem of a language the searcher does not read', 'pt', 'gatos dormindo', 'dormir', false],
    ['a language that was asked for', 'fr', 'les chevaux mangeaient', 'manger language:fr', true],
    ['letters with and without accents', 'fr', 'déjà vu à Orléans', 'deja orleans', true],
    ['letters without accents by those with', 'es', 'manana', 'mañana', true],
    ['part of a text without spaces', 'ja', '日本語を勉強しています', '勉強', true],
    ['not signs that stand apart', 'ja', '日本語を勉強しています', '日語', false],
    ['words whose end changes', 'ko', '나는 학교에서 공부한다', '학교', true],
    ['words that no language keeps', 'en', 'to be or not to be', 'to be', true],
    ['a language with a region', 'pt-BR', 'gatos dormindo', 'gato language:pt-BR', true],
  ])('finds %s', async (_what, language, text, query, isFound) => {
    await ctx
      .db('users')
      .where({ id: cast.alice.user.id })
      .update({ chosen_languages: ['en', 'de'] })
    const alice = { ...cast.alice, user: { ...cast.alice.user, chosen_languages: ['en', 'de'] } }
    const { id } = await make.status({ account: cast.alice.account, text, language })
    expect(await searchStatuses(ctx, alice, query, PAGE)).toEqual(isFound ? [id] : [])
  })

  it('finds what polls offer and pictures show, also after an edit', async () => {
    const { alice } = cast
    const status = await make.status({ account: alice.account, text: 'look' })
    const other = await make.status({ account: alice.account, text: 'elsewhere' })
    const [media] = await ctx
      .db('media_attachments')
      .insert({ account_id: alice.account.id, status_id: status.id, description: 'a heron', type: 0 })
      .returning('id')
    expect(await find('heron')).toEqual([status.id])
    await ctx.db('media_attachments').where({ id: media.id }).update({ description: 'a stork' })
    expect(await find('heron')).toEqual([])
    await ctx.db('media_attachments').where({ id: media.id }).update({ status_id: other.id })
    expect(await find('stork')).toEqual([other.id])
    await ctx.db('media_attachments').where({ id: media.id }).delete()
    expect(await find('stork')).toEqual([])
    const [poll] = await ctx
      .db('polls')
      .insert({ account_id: alice.account.id, status_id: other.id, options: ['goose', 'duck'] })
      .returning('id')
    await ctx.db('statuses').where({ id: other.id }).update({ poll_id: poll.id })
    expect(await find('duck')).toEqual([other.id])
    await ctx.db('statuses').where({ id: other.id }).update({ deleted_at: new Date() })
    expect(await find('duck')).toEqual([])
  })

  it('knows what posts have, with words and without, and what they no longer have', async () => {
    const { account } = cast.alice
    const has = async (kind: string, change: Record<string, unknown> = {}) => {
      const status = await make.status({ account, text: `finch ${kind}`, ...change })
      return { kind, id: status.id }
    }
    const media = async (kind: string, type: number) => {
      const status = await has(kind)
      await ctx.db('media_attachments').insert({ account_id: account.id, status_id: status.id, type })
      return status
    }
    const card = async (kind: string, type: number) => {
      const status = await has(kind)
      const [{ id }] = await ctx
        .db('preview_cards')
        .insert({ url: `https://far.example/${kind}`, type })
        .returning('id')
      await ctx.db('preview_cards_statuses').insert({ status_id: status.id, preview_card_id: id })
      return status
    }
    const all = [await media('image', 0), await media('video', 2), await media('audio', 4)]
    all.push(await card('link', 0), await card('embed', 2))
    const quote = await has('quote')
    await ctx.db('quotes').insert({ account_id: account.id, status_id: quote.id, state: 0 })
    const poll = await has('poll')
    const [{ id: poll_id }] = await ctx
      .db('polls')
      .insert({ account_id: account.id, status_id: poll.id, options: ['a', 'b'] })
      .returning('id')
    await ctx.db('statuses').where({ id: poll.id }).update({ poll_id })
    all.push(quote, poll, await has('sensitive', { sensitive: true }), await has('reply', { reply: true }))
    for (const { kind, id } of all) {
      const others = kind === 'link' ? [all[4]?.id] : []
      const is = kind === 'sensitive' || kind === 'reply' ? 'is' : 'has'
      const expected = [...others, id]
      expect([kind, await find(`${is}:${kind}`)]).toEqual([kind, expected])
      expect([kind, await find(`finch ${is}:${kind}`)]).toEqual([kind, expected])
      expect([kind, await find(`finch from:me in:library ${is}:${kind}`)]).toEqual([kind, expected])
      expect(await find(`finch -${is}:${kind}`)).not.toContain(id)
    }
    expect(await find('finch has:media')).toEqual(
      all
        .slice(0, 3)
        .map(({ id }) => id)
        .reverse(),
    )
    await ctx.db('media_attachments').where({ status_id: all[0]?.id }).delete()
    await ctx.db('statuses').where({ id: all[7]?.id }).update({ sensitive: false })
    expect(await find('finch has:image')).toEqual([])
    expect(await find('finch is:sensitive')).toEqual([])
  })

  it('finds the same whether the newest posts fill a page or not', async () => {
    const found = []
    for (const text of ['finch', 'finch and owl', 'owl', 'finch'])
      found.unshift((await make.status({ account: cast.alice.account, text })).id)
    const finches = [found[0], found[2], found[3]]
    expect(await find('finch', { limit: 2 })).toEqual(finches.slice(0, 2))
    expect(await find('finch', { limit: 2, offset: 2 })).toEqual(finches.slice(2))
    expect(await find('finch', { limit: 2, maxId: found[0] })).toEqual(finches.slice(1))
  })
})

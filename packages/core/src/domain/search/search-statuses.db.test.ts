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

/** What only PostgreSQL knows; what every engine knows is in the cases beside it. */
describe('searchStatuses in PostgreSQL', () => {
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

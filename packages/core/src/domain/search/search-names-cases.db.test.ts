import { onEachEngine } from '../../../testing/search-engines.ts'
import { searchAccounts } from './search-accounts.ts'
import { searchServers } from './search-servers.ts'
import { searchTags } from './search-tags.ts'

onEachEngine('searching accounts and tags', (bench) => {
  const accounts = async (q: string, options = {}) => {
    await bench.settle()
    return searchAccounts(bench.ctx, bench.cast.alice, { q, limit: 10, ...options })
  }
  const tags = async (text: string, options = {}) => {
    await bench.settle()
    const found = await searchTags(bench.ctx, bench.cast.alice, text, {
      isReviewedOnly: false,
      limit: 10,
      offset: 0,
      ...options,
    })
    return found.map(({ tag }) => tag.name)
  }
  const named = async (
    username: string,
    display_name: string,
    followers = 0,
    lastStatusAt: Date | null = null,
  ) =>
    (
      await bench.make.user({
        account: {
          username,
          display_name,
          stats: { followers_count: `${followers}`, last_status_at: lastStatusAt },
        },
      })
    ).account

  it('finds accounts by name, display name and domain, the last word by its beginning', async () => {
    const sinter = await named('sinter', 'Sint Nicolaas van Myra')
    const remote = await bench.make.remoteAccount({ username: 'piet', domain: 'spain.example' })
    expect(await accounts('SINTER')).toEqual([sinter.id])
    expect(await accounts('sint nico')).toEqual([sinter.id])
    expect(await accounts('sinte')).toEqual([sinter.id])
    expect(await accounts('spain.example')).toEqual([remote.id])
    expect(await accounts('piet@spain.example')).toEqual([remote.id])
    expect(await accounts('zwarte')).toEqual([])
  })

  it('puts the exact name first, then who is known, alive and followed', async () => {
    const quiet = await named('quiet', 'Zoe')
    const known = await named('known', 'Zoe', 10_000)
    const alive = await named('alive', 'Zoe', 10_000, new Date())
    expect((await accounts('zoe')).toSorted()).toEqual([quiet.id, known.id, alive.id].toSorted())
    expect((await accounts('zoe')).at(-1)).toBe(quiet.id)
    const exact = await named('zoe', 'somebody')
    expect((await accounts('zoe'))[0]).toBe(exact.id)
    await bench.make.follow({ account: bench.cast.alice.account, target: quiet })
    expect(await accounts('zoe', { following: true })).toEqual([quiet.id])
    expect(await accounts('zoe', { limit: 2, offset: 2 })).toHaveLength(2)
  })

  it('leaves out who is suspended, has moved, or has not confirmed', async () => {
    const { ctx, make } = bench
    const account = await named('finch', 'Finch')
    expect(await accounts('finch')).toEqual([account.id])
    const { account: newcomer } = await make.user({
      account: { username: 'wren', display_name: 'Zaunking' },
      confirmed_at: null,
    })
    expect(await accounts('zaunk')).toEqual([])
    await ctx.db('users').where({ account_id: newcomer.id }).update({ confirmed_at: new Date() })
    expect(await accounts('zaunk')).toEqual([newcomer.id])
    await ctx.db('accounts').where({ id: account.id }).update({ suspended_at: new Date() })
    expect(await searchAccounts(ctx, bench.cast.alice, { q: 'finch', limit: 10 })).toEqual([])
    await ctx
      .db('accounts')
      .where({ id: newcomer.id })
      .update({ moved_to_account_id: bench.cast.bob.account.id })
    expect(await accounts('zaunk')).toEqual([])
  })

  it('finds people under their new name', async () => {
    const account = await named('finch', 'Finch')
    await accounts('finch')
    await bench.ctx.db('accounts').where({ id: account.id }).update({ display_name: 'Stork' })
    expect(await accounts('stork')).toEqual([account.id])
  })

  it('finds servers by the beginning of their domain, and none that is limited here', async () => {
    const { ctx, make } = bench
    for (const domain of ['birds.example', 'birch.example', 'cats.example', 'bad.example'])
      await make.remoteAccount({ domain })
    await ctx.db('domain_blocks').insert({ domain: 'bad.example', severity: 0 })
    await bench.settle()
    expect(await searchServers(ctx, 'B')).toEqual(['birch.example', 'birds.example'])
    expect(await searchServers(ctx, '@bird')).toEqual(['birds.example'])
    expect(await searchServers(ctx, 'dog')).toEqual([])
  })

  it('finds hashtags by their beginning: the exact one, then the shortest', async () => {
    const { make, ctx } = bench
    const now = new Date()
    for (const name of ['catsofmastodon', 'cats', 'cat', 'dog', 'über'])
      await make.tag({ name, reviewed_at: name === 'dog' || name === 'cats' ? now : null })
    expect(await tags('#Cat')).toEqual(['cat', 'cats', 'catsofmastodon'])
    expect(await tags('cat', { isReviewedOnly: true })).toEqual(['cat', 'cats'])
    expect(await tags('cat', { limit: 1, offset: 1 })).toEqual(['cats'])
    expect(await tags('cat*')).toEqual(['cat', 'cats', 'catsofmastodon'])
    await ctx.db('tags').where({ name: 'cats' }).update({ listable: false })
    expect(await tags('cat')).toEqual(['cat', 'catsofmastodon'])
    await ctx.db('tags').where({ name: 'cat' }).delete()
    expect(await tags('cat')).toEqual(['catsofmastodon'])
    expect(await tags('bird')).toEqual([])
  })
})

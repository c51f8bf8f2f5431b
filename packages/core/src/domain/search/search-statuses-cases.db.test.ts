import { idAt } from '@anancus/db'
import { onEachEngine } from '../../../testing/search-engines.ts'
import { searchStatuses } from './search-statuses.ts'

const PAGE = { limit: 20, offset: 0 }

onEachEngine('searching statuses', (bench) => {
  const find = async (query: string, options = {}) => {
    await bench.settle()
    return searchStatuses(bench.ctx, bench.cast.alice, query, { ...PAGE, ...options })
  }

  it('finds own posts, mentions and what was touched, whoever wrote them', async () => {
    const { make, cast } = bench
    const me = cast.alice.account
    const own = await make.status({ account: me, text: 'yellow finch', visibility: 'private' })
    const mention = await make.status({
      account: cast.bob.account,
      text: 'finch for you',
      visibility: 'direct',
      mentions: [me],
    })
    const touched = async () => make.status({ account: cast.carol, text: '<p class="x">A <b>finch</b></p>' })
    const [liked, marked, boosted, voted] = [
      await touched(),
      await touched(),
      await touched(),
      await touched(),
    ]
    await make.favourite({ account: me, status: liked })
    await make.bookmark({ account: me, status: marked })
    await make.status({ account: me, reblogOf: boosted })
    const poll = await make.poll({ status: voted })
    await bench.ctx.db('statuses').where({ id: voted.id }).update({ poll_id: poll.id })
    await make.pollVote({ account: me, poll })
    await make.status({ account: cast.bob.account, text: 'finch nobody may find' })
    expect(await find('finch')).toEqual(
      [voted, boosted, marked, liked, mention, own].map((status) => status.id),
    )
    expect(await find('class')).toEqual([])
    expect(await find('FINCH yellow')).toEqual([own.id])
    expect(await find('finch in:public')).toEqual([])
  })

  it('follows every change: what is written, edited, touched, let go and deleted', async () => {
    const { make, cast, ctx } = bench
    const me = cast.alice.account
    const own = await make.status({ account: me, text: 'a finch' })
    expect(await find('finch')).toEqual([own.id])
    await ctx.db('statuses').where({ id: own.id }).update({ text: 'a heron' })
    expect([await find('finch'), await find('heron')]).toEqual([[], [own.id]])
    const other = await make.status({ account: cast.bob.account, text: 'a heron too' })
    const favourite = await make.favourite({ account: me, status: other })
    expect(await find('heron')).toEqual([other.id, own.id])
    await ctx.db('favourites').where({ id: favourite.id }).delete()
    expect(await find('heron')).toEqual([own.id])
    const boost = await make.status({ account: me, reblogOf: other })
    expect(await find('heron')).toEqual([other.id, own.id])
    await ctx.db('statuses').where({ id: boost.id }).delete()
    await ctx.db('statuses').where({ id: own.id }).update({ deleted_at: new Date() })
    expect(await find('heron')).toEqual([])
  })

  it('knows the operators, and each of them turned round', async () => {
    const { make, cast } = bench
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
      ['-song from:me', [old]],
      ["finch' | & ! :* (", [bobs, nsfw, old]],
      ['| & !', []],
    ]
    for (const [query, found] of cases) {
      expect([query, await find(query)]).toEqual([query, found.map((status) => status.id)])
    }
    expect(await find('finch', { accountId: bob.account.id })).toEqual([bobs.id])
    expect(await find('finch', { maxId: nsfw.id })).toEqual([old.id])
    expect(await find('finch', { minId: nsfw.id })).toEqual([bobs.id])
    expect(await find('finch', { limit: 1, offset: 1 })).toEqual([nsfw.id])
  })

  it('begins days where the searcher lives', async () => {
    const { make, cast, ctx } = bench
    const created = new Date('2024-03-05T23:30:00Z')
    const late = await make.status({ account: cast.alice.account, text: 'finch', created_at: created })
    await bench.settle()
    const tokyo = { ...cast.alice, user: { ...cast.alice.user, time_zone: 'Asia/Tokyo' } }
    expect(await searchStatuses(ctx, tokyo, 'finch during:2024-03-06', PAGE)).toEqual([late.id])
    expect(await searchStatuses(ctx, tokyo, 'finch during:2024-03-05', PAGE)).toEqual([])
    expect(await searchStatuses(ctx, cast.alice, 'finch during:2024-03-05', PAGE)).toEqual([late.id])
  })

  it('knows what posts have, and what they no longer have', async () => {
    const { make, cast, ctx } = bench
    const { account } = cast.alice
    const status = await make.status({ account, text: 'finch' })
    const other = await make.status({ account, text: 'finch', reply: true })
    expect(await find('has:media')).toEqual([])
    const [picture] = await ctx
      .db('media_attachments')
      .insert({ account_id: account.id, status_id: status.id, description: 'a stork', type: 0 })
      .returning('id')
    expect([await find('has:image'), await find('stork'), await find('-has:media finch')]).toEqual([
      [status.id],
      [status.id],
      [other.id],
    ])
    await ctx.db('media_attachments').where({ id: picture.id }).delete()
    expect([await find('has:media'), await find('stork'), await find('is:reply')]).toEqual([
      [],
      [],
      [other.id],
    ])
    const poll = await make.poll({ status, options: ['goose', 'duck'] })
    await ctx.db('statuses').where({ id: status.id }).update({ poll_id: poll.id })
    expect([await find('has:poll'), await find('duck')]).toEqual([[status.id], [status.id]])
    await ctx
      .db('polls')
      .where({ id: poll.id })
      .update({ options: ['goose', 'swan'] })
    expect([await find('duck'), await find('swan')]).toEqual([[], [status.id]])
  })

  it.each([
    ['another form of a word', 'the horses were running', 'horse run', true],
    ['another form, but not in quotes', 'the horses were running', '"horse"', false],
    ['what stands there, in quotes', 'the horses were running', '"horses were"', true],
    ['letters with and without accents', 'déjà vu à Orléans', 'deja orleans', true],
    ['letters without accents by those with', 'manana', 'mañana', true],
    ['part of a text without spaces', '日本語を勉強しています', '勉強', true],
    ['not signs that stand apart', '日本語を勉強しています', '日語', false],
    ['an address', 'see https://finch.example/nest', 'finch.example', true],
    ['a hashtag', 'look #Finches', '#finches', true],
  ])('finds %s', async (_what, text, query, isFound) => {
    const tags = text.includes('#') ? ['finches'] : []
    const { id } = await bench.make.status({ account: bench.cast.alice.account, text, tags })
    expect(await find(query)).toEqual(isFound ? [id] : [])
  })

  it('gives full pages where much of what was found may not be seen', async () => {
    const { make, cast } = bench
    const open = await make.remoteAccount({ domain: 'open.example', indexable: true })
    const muted = await make.remoteAccount({ domain: 'loud.example', indexable: true })
    const old = await make.status({ account: open, text: 'finch' })
    for (let count = 0; count < 45; count++) await make.status({ account: muted, text: 'finch' })
    await bench.settle()
    await make.mute({ account: cast.alice.account, target: muted })
    expect(await find('finch', { limit: 5 })).toEqual([old.id])
  })
})

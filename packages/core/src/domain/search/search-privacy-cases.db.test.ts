import type { AccountRow } from '@anancus/db'
import { onEachEngine } from '../../../testing/search-engines.ts'
import { searchStatuses } from './search-statuses.ts'

const PAGE = { limit: 20, offset: 0 }

onEachEngine('what searches never find', (bench) => {
  const find = async (query: string, who = bench.cast.alice) => {
    await bench.settle()
    return searchStatuses(bench.ctx, who, query, PAGE)
  }
  /** The database has changed, and the engine has not heard of it yet. */
  const findAtOnce = (query: string) => searchStatuses(bench.ctx, bench.cast.alice, query, PAGE)
  const open = () => bench.make.remoteAccount({ domain: 'open.example', indexable: true })
  const set = (account: AccountRow, columns: object) =>
    bench.ctx.db('accounts').where({ id: account.id }).update(columns)

  it('SEC-PRIV-26 finds public posts of who allows it, and nothing of less reach', async () => {
    const { make } = bench
    const author = await open()
    const found = await make.status({ account: author, text: 'finch' })
    await make.status({ account: author, text: 'finch', visibility: 'unlisted' })
    await make.status({ account: author, text: 'finch', visibility: 'private' })
    await make.status({ account: author, text: 'finch', visibility: 'direct' })
    await make.status({ account: author, text: 'finch', deleted_at: new Date() })
    await make.status({ account: bench.cast.carol, text: 'finch' })
    expect(await find('finch')).toEqual([found.id])
    expect(await find('finch in:public')).toEqual([found.id])
    expect(await find('finch in:library')).toEqual([])
  })

  it('SEC-PRIV-26 heeds the wish to be found, both ways', async () => {
    const author = await open()
    const status = await bench.make.status({ account: author, text: 'finch' })
    expect(await find('finch')).toEqual([status.id])
    await set(author, { indexable: false })
    expect(await findAtOnce('finch')).toEqual([])
    expect(await find('finch')).toEqual([])
    await set(author, { indexable: true })
    expect(await find('finch')).toEqual([status.id])
  })

  it.each([
    ['a block', (who: AccountRow) => bench.make.block({ account: bench.cast.alice.account, target: who })],
    [
      'being blocked',
      (who: AccountRow) => bench.make.block({ account: who, target: bench.cast.alice.account }),
    ],
    ['a mute', (who: AccountRow) => bench.make.mute({ account: bench.cast.alice.account, target: who })],
    [
      'a block of the domain',
      (who: AccountRow) =>
        bench.make.domainBlock({ account: bench.cast.alice.account, domain: who.domain as string }),
    ],
    ['a suspension', (who: AccountRow) => set(who, { suspended_at: new Date() })],
    [
      'a deletion',
      (who: AccountRow) =>
        bench.ctx.db('statuses').where({ account_id: who.id }).update({ deleted_at: new Date() }),
    ],
    [
      'less reach',
      (who: AccountRow) => bench.ctx.db('statuses').where({ account_id: who.id }).update({ visibility: 2 }),
    ],
  ])('SEC-PRIV-26 heeds %s at once, even before the engine has heard of it', async (_what, happens) => {
    const author = await open()
    const status = await bench.make.status({ account: author, text: 'finch' })
    expect(await find('finch')).toEqual([status.id])
    await happens(author)
    expect(await findAtOnce('finch')).toEqual([])
    expect(await find('finch')).toEqual([])
  })

  it('SEC-PRIV-26 keeps to itself what somebody else wrote, marked or was sent', async () => {
    const { make, cast } = bench
    const { alice, bob, eve } = cast
    await make.status({ account: bob.account, text: 'secret finch', visibility: 'private' })
    const letter = await make.status({
      account: bob.account,
      text: 'finch by letter',
      visibility: 'direct',
      mentions: [alice.account],
    })
    const marked = await make.status({ account: bob.account, text: 'a finch' })
    await make.bookmark({ account: alice.account, status: marked })
    expect(await find('finch')).toEqual([marked.id, letter.id])
    expect(await find('finch', eve)).toEqual([])
  })

  it('SEC-HTTP-10 takes the language of a search engine for words', async () => {
    const { make, cast } = bench
    await make.status({ account: cast.bob.account, text: 'nobody else may find this' })
    const own = await make.status({ account: cast.alice.account, text: 'finch and _exists_ text' })
    for (const query of [
      '* OR _exists_:text',
      'visibility:private',
      'searchable_by:*',
      '{"match_all":{}}',
      'account_id:[0 TO 9999999999999999999]',
      '/.*/',
      'nobod*',
      'finhc~2',
      'text:nobody',
      "'; drop table statuses; --",
      'nothing OR finch',
      '\\u0000',
      '"""',
      '-"',
    ])
      expect([query, await find(query)]).toEqual([query, []])
    expect(await find('_exists_')).toEqual([own.id])
  })
})

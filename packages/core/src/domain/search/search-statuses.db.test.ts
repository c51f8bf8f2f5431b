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
    const old = await make.status({
      account: alice.account,
      text,
      language: 'de',
      created_at: new Date('2024-03-05T12:00:00Z'),
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
})

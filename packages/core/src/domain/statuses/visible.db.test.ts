import type { AccountRow, StoredVisibility } from '@anancus/db'
import { statement, VISIBILITIES } from '@anancus/db'
import { statusFactsByIds } from '@anancus/db/queries/status-facts'
import { visibleTo } from '@anancus/db/queries/visible'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import type { Ctx } from '../../kernel/context.ts'
import { canShow } from '../../policies/status.ts'
import { factsOf } from './index.ts'

/** The rule of who sees what is written twice: as a policy, and in SQL for lists. Here they meet in every combination. */

const inSql = statement<{ id: string }>(
  'test_visible',
  `select s.id from statuses s where s.deleted_at is null and ${visibleTo('s', '$1::bigint')}`,
)

let ctx: Ctx
let make: ReturnType<typeof factories>
beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const FLAGS = ['follows', 'mentioned', 'silently', 'blocked', 'serverBlocked', 'suspended'] as const
type Flag = (typeof FLAGS)[number]

/** A status by a new author who stands to the viewer as the flags say. */
async function world(
  viewer: AccountRow,
  visibility: StoredVisibility,
  flags: ReadonlySet<Flag>,
): Promise<string> {
  const author = await make.account(flags.has('suspended') ? { suspended_at: new Date() } : {})
  if (flags.has('follows')) await make.follow({ account: viewer, target: author })
  if (flags.has('blocked')) await make.block({ account: author, target: viewer })
  if (flags.has('serverBlocked') && viewer.domain)
    await make.domainBlock({ account: author, domain: viewer.domain })
  const named = flags.has('mentioned') ? [viewer] : []
  const silent = flags.has('silently') && !flags.has('mentioned') ? [viewer] : []
  return (await make.status({ account: author, visibility, mentions: named, silentMentions: silent })).id
}

it('policy and SQL agree on everybody and everything', async () => {
  for (const viewer of [await make.account(), await make.remoteAccount({ domain: 'viewer.example' })]) {
    const ids: string[] = []
    for (const visibility of VISIBILITIES)
      for (let bits = 0; bits < 1 << FLAGS.length; bits++) {
        const flags = new Set(FLAGS.filter((_, index) => bits & (1 << index)))
        ids.push(await world(viewer, visibility, flags))
      }
    ids.push((await make.status({ account: viewer, visibility: 'direct' })).id)
    const facts = await statusFactsByIds(ctx.db, ids, viewer.id)
    const byPolicy = ids.filter((id) => {
      const row = facts.get(id)
      return row && canShow(viewer.id, factsOf(row))
    })
    const bySql = new Set((await inSql(ctx.db, [viewer.id])).map((row) => row.id))
    expect(byPolicy.length).toBeGreaterThan(20)
    expect(ids.filter((id) => bySql.has(id))).toEqual(byPolicy)
  }
})

it('the anonymous see what is public or unlisted', async () => {
  const author = await make.account()
  const ids = await Promise.all(
    VISIBILITIES.map(async (visibility) => (await make.status({ account: author, visibility })).id),
  )
  const facts = await statusFactsByIds(ctx.db, ids, null)
  const shown = ids.map((id) => {
    const row = facts.get(id)
    return row !== undefined && canShow(null, factsOf(row))
  })
  expect(shown).toEqual([true, true, false, false, false])
})

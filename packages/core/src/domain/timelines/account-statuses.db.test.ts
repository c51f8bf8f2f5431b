import type { AccountRow, StatusRow, StoredVisibility } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type AccountStatusesFilters, readAccountStatuses } from './read-account-statuses.ts'

/** Every kind of status, seen by every kind of viewer through every set of filters, held against the rules in words. */

interface Planted {
  status: StatusRow
  visibility: StoredVisibility
  kind: 'plain' | 'reply to oneself' | 'reply to others' | 'reblog'
  names: boolean
  hasMedia: boolean
  isTagged: boolean
  isPinned: boolean
}
type Kind = 'anonymous' | 'stranger' | 'follower' | 'named' | 'author' | 'blocked' | 'muting'

let ctx: TestContext
let make: Factories
let bob: Viewer
let eve: AccountRow
const viewers = {} as Record<Kind, Viewer | null>
const planted: Planted[] = []

const VISIBILITIES = ['public', 'unlisted', 'private', 'direct', 'limited'] as const
const KINDS = ['plain', 'reply to oneself', 'reply to others', 'reblog'] as const
const WHO: readonly Kind[] = ['anonymous', 'stranger', 'follower', 'named', 'author', 'blocked', 'muting']
const BOTH = [false, true] as const

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  bob = await make.viewer({})
  eve = await make.account({})
  for (const who of WHO)
    viewers[who] = who === 'anonymous' ? null : who === 'author' ? bob : await make.viewer({})
  const { follower, blocked, muting } = viewers
  await make.follow({ account: accountOf(follower), target: bob.account })
  await make.follow({ account: accountOf(blocked), target: bob.account })
  await make.block({ account: bob.account, target: accountOf(blocked) })
  await make.follow({ account: accountOf(muting), target: bob.account })
  await make.mute({ account: accountOf(muting), target: eve })
  await plantAll()
}, 120_000)
afterAll(() => closeTestContext(ctx))

function accountOf(viewer: Viewer | null): AccountRow {
  if (!viewer) throw new Error('nobody')
  return viewer.account
}

async function plantAll(): Promise<void> {
  const parent = await make.status({ account: eve })
  const own = await make.status({ account: bob.account, visibility: 'limited' })
  for (const visibility of VISIBILITIES)
    for (const kind of KINDS) {
      if (kind === 'reblog' && (visibility === 'direct' || visibility === 'limited')) continue
      for (const names of kind === 'reblog' ? [false] : BOTH)
        for (const isTagged of kind === 'reblog' ? [false] : BOTH) {
          const hasMedia = isTagged !== names
          const isPinned = kind === 'plain' && visibility !== 'direct' && visibility !== 'limited'
          const media = hasMedia && kind !== 'reblog' ? [await make.media({ account: bob.account })] : []
          const status = await make.status({
            account: bob.account,
            visibility,
            mentions: names ? [accountOf(viewers.named), accountOf(viewers.blocked)] : [],
            tags: isTagged ? ['birds'] : [],
            media,
            ...(kind === 'reply to oneself' ? { inReplyTo: own } : {}),
            ...(kind === 'reply to others' ? { inReplyTo: parent } : {}),
            ...(kind === 'reblog' ? { reblogOf: parent } : {}),
          })
          if (isPinned) await make.pin({ status })
          planted.push({ status, visibility, kind, names, hasMedia: media.length > 0, isTagged, isPinned })
        }
    }
  planted.push({
    status: own,
    visibility: 'limited',
    kind: 'plain',
    names: false,
    hasMedia: false,
    isTagged: false,
    isPinned: false,
  })
}

function maySee(who: Kind, { visibility, names, kind }: Planted): boolean {
  if (who === 'author') return true
  if (who === 'blocked') return false
  if (who === 'muting' && kind === 'reblog') return false
  if (visibility === 'public' || visibility === 'unlisted') return true
  if (who === 'named' && names) return true
  return visibility === 'private' && (who === 'follower' || who === 'muting')
}

function passes(filters: AccountStatusesFilters, item: Planted): boolean {
  return (
    !(filters.excludeDirect && item.visibility === 'direct') &&
    !(filters.excludeReblogs && item.kind === 'reblog') &&
    !(filters.excludeReplies && item.kind === 'reply to others') &&
    !(filters.onlyMedia && !item.hasMedia) &&
    !(filters.tagged && !item.isTagged) &&
    !(filters.pinned && !item.isPinned)
  )
}

/** Every set of filters. */
const sets = BOTH.flatMap((excludeDirect) =>
  BOTH.flatMap((excludeReblogs) =>
    BOTH.flatMap((excludeReplies) =>
      BOTH.flatMap((onlyMedia) =>
        BOTH.flatMap((pinned) =>
          BOTH.map((tagged) => ({
            excludeDirect,
            excludeReblogs,
            excludeReplies,
            onlyMedia,
            pinned,
            tagged: tagged ? 'birds' : undefined,
          })),
        ),
      ),
    ),
  ),
)

it.each(WHO)(
  'SEC-PRIV-28 a filter only ever takes away, whatever %s asks for',
  async (who) => {
    for (const filters of sets) {
      const read = await readAccountStatuses(ctx, viewers[who], bob.account.id, { limit: 1_000 }, filters)
      const expected = planted.filter((item) => maySee(who, item) && passes(filters, item))
      expect([filters, [...read].sort()]).toEqual([filters, expected.map(({ status }) => status.id).sort()])
    }
  },
  60_000,
)

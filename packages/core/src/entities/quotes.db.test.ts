import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { countStatements } from '../../testing/count-statements.ts'
import type { GraphViewer } from '../graph/index.ts'
import { renderDeletedStatus, renderStatus } from './index.ts'
import type { Quote } from './types/index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(() => closeTestContext(ctx))

const STATES = { pending: 0, accepted: 1, rejected: 2, revoked: 3, deleted: 4 }

async function quoting(
  quoted: StatusRow,
  state: keyof typeof STATES = 'accepted',
  account: AccountRow = cast.bob.account,
): Promise<StatusRow> {
  return make.status({ account, text: 'look', quoteOf: quoted, quoteState: STATES[state] })
}

async function quoteOf(status: StatusRow, viewer: GraphViewer | null = null) {
  return (await renderStatus(ctx, viewer, status.id)).quote as Quote | null
}

describe('quote', () => {
  it('shows an accepted one with the quoted status, and a quote within by its id', async () => {
    const last = await make.status()
    const middle = await make.status({ account: cast.carol, quoteOf: last })
    const json = await quoteOf(await quoting(middle))
    expect(json).toMatchObject({
      state: 'accepted',
      quoted_status: { id: middle.id, quote: { state: 'accepted', quoted_status_id: last.id } },
    })
  })

  it('SEC-DOS-14 goes one level deep, in a circle as in a chain of a hundred', async () => {
    const first = await make.status({ account: cast.carol })
    const second = await make.status({ account: cast.dan, quoteOf: first })
    await make.quote({ status: first, quoted: second })
    const shallow = (id: string) => ({ state: 'accepted', quoted_status_id: id })
    expect(await quoteOf(first)).toMatchObject({ quoted_status: { id: second.id, quote: shallow(first.id) } })
    expect(await quoteOf(second)).toMatchObject({
      quoted_status: { id: first.id, quote: shallow(second.id) },
    })
    const self = await make.status({ account: cast.carol })
    await make.quote({ status: self, quoted: self })
    expect(await quoteOf(self)).toMatchObject({ quoted_status: { id: self.id, quote: shallow(self.id) } })
    let last = first
    const statements: number[] = []
    for (let length = 1; length <= 100; length++) {
      last = await quoting(last)
      if (length !== 5 && length !== 100) continue
      statements.push((await countStatements(() => quoteOf(last))).count)
    }
    expect(statements[1]).toBe(statements[0])
    expect(JSON.stringify(await quoteOf(last)).match(/"quoted_status/g)).toHaveLength(2)
  })

  it.each(['pending', 'rejected', 'revoked', 'deleted'] as const)('hides a %s one', async (state) => {
    expect(await quoteOf(await quoting(await make.status(), state))).toEqual({ state, quoted_status: null })
  })

  it('is none for a legacy quote until it is accepted', async () => {
    const status = await make.status()
    await make.quote({ status, quoted: await make.status(), legacy: true, state: 0 })
    expect(await quoteOf(status)).toBeNull()
    const accepted = await make.status()
    await make.quote({ status: accepted, quoted: await make.status(), legacy: true })
    expect(await quoteOf(accepted)).toMatchObject({ state: 'accepted' })
  })

  it('is deleted once the quoted status is gone', async () => {
    const quoted = await make.status()
    const status = await quoting(quoted)
    await ctx.db('statuses').where({ id: quoted.id }).update({ deleted_at: new Date() })
    expect(await quoteOf(status)).toEqual({ state: 'deleted', quoted_status: null })
  })

  it('SEC-ORG-08 never shows a reblog as what is quoted, nor what it reblogs', async () => {
    const original = await make.status({ account: cast.carol, quote_approval_policy: 0 })
    const reblog = await make.status({ account: cast.bob.account, reblogOf: original })
    const status = await quoting(reblog)
    for (const viewer of [null, cast.eve, cast.alice, cast.bob])
      expect(await quoteOf(status, viewer)).toEqual({
        state: expect.not.stringMatching('accepted'),
        quoted_status: null,
      })
  })

  it('SEC-PRIV-09: does not show a private status to strangers', async () => {
    const quoted = await make.status({ account: cast.carol, visibility: 'private' })
    const status = await quoting(quoted)
    const follower = await make.viewer()
    await make.follow({ account: follower.account, target: cast.carol })
    expect(await quoteOf(status)).toEqual({ state: 'unauthorized', quoted_status: null })
    expect(await quoteOf(status, cast.eve)).toEqual({ state: 'unauthorized', quoted_status: null })
    expect(await quoteOf(status, follower)).toMatchObject({
      state: 'accepted',
      quoted_status: { id: quoted.id },
    })
  })

  it('hides the id of a quote within that the viewer may not see', async () => {
    const hidden = await make.status({ visibility: 'direct' })
    const middle = await make.status({ quoteOf: hidden })
    expect(await quoteOf(await quoting(middle), cast.eve)).toMatchObject({
      quoted_status: { quote: { state: 'unauthorized', quoted_status_id: null } },
    })
  })

  it('SEC-PRIV-24: says what stands between the viewer and the quoted author', async () => {
    const viewer = await make.viewer()
    const blocked = await make.account()
    await make.block({ account: viewer.account, target: blocked })
    const muted = await make.account()
    await make.mute({ account: viewer.account, target: muted })
    const hidden = await make.remoteAccount({ domain: 'hidden.example' })
    await make.domainBlock({ account: viewer.account, domain: 'hidden.example' })
    const blocker = await make.account()
    await make.block({ account: blocker, target: viewer.account })
    const suspended = await make.account({ suspended_at: new Date() })
    const stateFor = async (account: AccountRow) => {
      const json = await quoteOf(await quoting(await make.status({ account })), viewer)
      return [json?.state, json?.quoted_status !== null]
    }
    expect(await stateFor(blocked)).toEqual(['blocked_account', true])
    expect(await stateFor(muted)).toEqual(['muted_account', true])
    expect(await stateFor(hidden)).toEqual(['blocked_domain', true])
    expect(await stateFor(blocker)).toEqual(['unauthorized', false])
    expect(await stateFor(suspended)).toEqual(['unauthorized', false])
  })

  it('shows the viewer her own status, whatever its visibility', async () => {
    const quoted = await make.status({ account: cast.eve.account, visibility: 'direct' })
    expect(await quoteOf(await quoting(quoted), cast.eve)).toMatchObject({ state: 'accepted' })
  })

  it('begins the text of a local status with the address of what it quotes', async () => {
    const quoted = await make.status({ account: cast.alice.account })
    const json = await renderStatus(ctx, null, (await quoting(quoted)).id)
    expect(json.content).toMatch(/^<p class="quote-inline">RE: <a href="https:\/\/social\.test\/@alice\/\d+"/)
    expect(json.content).toMatch(/<\/p><p>look<\/p>$/)
  })

  it('is told in the answer to deleting, whatever its state', async () => {
    const quoted = await make.status()
    const pending = await quoting(quoted, 'pending')
    const json = await renderDeletedStatus(ctx, cast.bob, pending.id)
    expect(json.quote).toMatchObject({ state: 'pending', quoted_status: { id: quoted.id } })
    const hidden = await quoting(await make.status({ visibility: 'direct' }), 'pending')
    expect((await renderDeletedStatus(ctx, cast.bob, hidden.id)).quote).toEqual({
      state: 'pending',
      quoted_status: null,
    })
  })
})

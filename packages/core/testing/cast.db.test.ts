import { factories } from '@anancus/db/testing/make'
import { castOf } from './cast.ts'
import { closeTestContext, type TestContext, testContext } from './context.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('gathers everybody, with roles and the block of alice', async () => {
  const cast = await castOf(ctx)
  expect([cast.ada.role.name, cast.mo.role.name, cast.alice.role.id]).toEqual(['Admin', 'Moderator', '-99'])
  expect(cast.dan.url).toBe(cast.dan.uri)
  expect(cast.carol.shared_inbox_url).toBe('https://mastodon.example/inbox')
  const blocks = await ctx.db('blocks').select('account_id', 'target_account_id')
  expect(blocks).toEqual([{ account_id: cast.alice.account.id, target_account_id: cast.mallory.account.id }])
})

describe('factories', () => {
  const make = () => factories(ctx.db)

  it('let any column be overridden', async () => {
    const status = await make().status({ visibility: 'direct', text: 'x', language: 'de' })
    expect(status).toMatchObject({ visibility: 3, text: 'x', language: 'de', local: true })
  })

  it('keep the counters of author, thread and original', async () => {
    const { account } = await make().user()
    const root = await make().status({ account })
    await make().status({ inReplyTo: root })
    await make().status({ inReplyTo: root, visibility: 'private' })
    await make().status({ reblogOf: root })
    expect(await ctx.db('status_stats').where({ status_id: root.id }).first()).toMatchObject({
      replies_count: '1',
      reblogs_count: '1',
    })
    expect(await ctx.db('account_stats').where({ account_id: account.id }).first()).toMatchObject({
      statuses_count: '1',
      last_status_at: root.created_at,
    })
  })

  it('put a dated status among those of its time', async () => {
    const old = await make().status({ created_at: new Date('2020-01-01T00:00:00Z') })
    const recent = await make().status()
    expect(BigInt(old.id)).toBeLessThan(BigInt(recent.id))
  })

  it('keep a thread in one conversation', async () => {
    const root = await make().status()
    const reply = await make().status({ inReplyTo: root })
    expect(reply.conversation_id).toBe(root.conversation_id)
    expect(reply.in_reply_to_account_id).toBe(root.account_id)
  })

  it('make remote accounts that can sign, without keeping their private key', async () => {
    const carol = await make().remoteAccount()
    expect(carol.private_key).toBeNull()
    expect(carol.testPrivateKey).toContain('PRIVATE KEY')
    expect(carol.public_key).toContain('PUBLIC KEY')
  })

  it('make tokens of users and of applications alone', async () => {
    const { user } = await make().user()
    const ofUser = await make().token({ user, scopes: 'read' })
    const ofApp = await make().token()
    expect(ofUser.row).toMatchObject({ resource_owner_id: user.id, scopes: 'read', token: ofUser.secret })
    expect(ofApp.row.resource_owner_id).toBeNull()
    expect(ofApp.row.application_id).not.toBeNull()
  })
})

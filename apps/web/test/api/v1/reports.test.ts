import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, peekQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { sentActivities } from '@anancus/core/testing/sent-activities'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  cast = await castOf(ctx)
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'write:reports' }))
})

const report = (json: object, client = bob) => client.post('/api/v1/reports', { json })
const stored = () => ctx.db('reports').select()

describe('POST /api/v1/reports', () => {
  it('wants its scope and a user', async () => {
    const wrong = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect(await report({ account_id: cast.alice.account.id }, wrong)).toMatchObject({ status: 403 })
    expect(await report({ account_id: cast.alice.account.id }, web)).toMatchObject({ status: 401 })
    expect(await stored()).toEqual([])
  })

  it('keeps the report and answers with it', async () => {
    const status = await make.status({ account: cast.alice.account })
    const answer = await report({
      account_id: cast.alice.account.id,
      status_ids: [status.id],
      comment: 'rude',
      category: 'spam',
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        action_taken: false,
        action_taken_at: null,
        category: 'spam',
        comment: 'rude',
        forwarded: false,
        status_ids: [status.id],
        rule_ids: null,
        collection_ids: [],
        target_account: { id: cast.alice.account.id },
      },
    })
    expect(await stored()).toEqual([
      expect.objectContaining({
        id: answer.body.id,
        account_id: cast.bob.account.id,
        application_id: expect.any(String),
        uri: expect.stringMatching(/^https:\/\/[^/]+\/[0-9a-f-]{36}$/),
      }),
    ])
  })

  it('takes rules as a violation, of rules there are or were', async () => {
    const [rule] = await ctx.db('rules').insert({ text: 'Be kind', deleted_at: new Date() }).returning('id')
    const { body } = await report({
      account_id: cast.alice.account.id,
      rule_ids: [rule.id],
      category: 'spam',
    })
    expect(body).toMatchObject({ category: 'violation', rule_ids: [String(rule.id)] })
    for (const odd of [{ rule_ids: ['999'] }, { category: 'violation' }])
      expect(await report({ account_id: cast.alice.account.id, ...odd })).toMatchObject({
        status: 422,
        body: { error: 'Validation failed: Rule ids does not reference valid rules' },
      })
    expect(await report({ account_id: cast.alice.account.id, category: 'boring' })).toMatchObject({
      status: 422,
    })
    expect(await stored()).toHaveLength(1)
  })

  it('SEC-PRIV-18 SEC-PRIV-21 SEC-PRIV-07 refuses statuses of others and those the reporter cannot see', async () => {
    const other = await make.status({ account: cast.eve.account })
    const hidden = await make.status({ account: cast.alice.account, visibility: 'private' })
    const direct = await make.status({
      account: cast.alice.account,
      visibility: 'direct',
      mentions: [cast.eve.account],
    })
    for (const status of [other, hidden, direct, { id: '1' }])
      expect(await report({ account_id: cast.alice.account.id, status_ids: [status.id] })).toMatchObject({
        status: 404,
        body: { error: 'Record not found' },
      })
    expect(await stored()).toEqual([])
  })

  it('keeps what was deleted citable, and what was sent to the reporter alone', async () => {
    const deleted = await make.status({ account: cast.alice.account, deleted_at: new Date() })
    const direct = await make.status({
      account: cast.alice.account,
      visibility: 'direct',
      mentions: [cast.bob.account],
    })
    const { body } = await report({
      account_id: cast.alice.account.id,
      status_ids: [deleted.id, direct.id],
    })
    expect(body.status_ids).toEqual([deleted.id, direct.id])
  })

  it('does not find a suspended or unknown account', async () => {
    const gone = await make.account({ suspended_at: new Date() })
    expect(await report({ account_id: gone.id })).toMatchObject({ status: 404 })
    expect(await report({ account_id: '1' })).toMatchObject({ status: 404 })
    expect(await report({})).toMatchObject({ status: 404 })
  })

  it('names collections of whom it is about, and no others', async () => {
    const collection = async (account: { id: string }) =>
      (
        await ctx
          .db('collections')
          .insert({
            account_id: account.id,
            name: 'Birds',
            local: true,
            sensitive: false,
            discoverable: true,
          })
          .returning('id')
      )[0]
    const [own, other] = [await collection(cast.alice.account), await collection(cast.eve.account)]
    const account_id = cast.alice.account.id
    expect((await report({ account_id, collection_ids: [own.id] })).body).toMatchObject({
      collection_ids: [String(own.id)],
    })
    expect(await report({ account_id, collection_ids: [own.id, other.id] })).toMatchObject({ status: 404 })
    expect(await stored()).toHaveLength(1)
  })

  it('SEC-DOS-04 refuses a comment of more than 1,000 characters', async () => {
    const account_id = cast.alice.account.id
    expect(await report({ account_id, comment: '😀'.repeat(1000) })).toMatchObject({ status: 200 })
    for (const comment of ['x'.repeat(1001), 'x'.repeat(900_000), 'a\u0301'.repeat(250_000)])
      expect(await report({ account_id, comment })).toMatchObject({ status: 422 })
  })

  it('SEC-XSS-09 tells staff by notification and mail, as text, and again only when the first is dealt with', async () => {
    await report({ account_id: cast.alice.account.id, comment: '<b>rude</b>' })
    await report({ account_id: cast.alice.account.id })
    const mails = (await peekQueues(ctx)).filter(({ name }) => name === 'mailers.send')
    expect(mails.map(({ payload }) => (payload as { template: string }).template)).toEqual([
      'new_report',
      'new_report',
    ])
    await drainQueues(ctx)
    const mail = ctx.mailer.sent.at(-1)
    expect(mail?.html).toContain('&lt;b&gt;rude&lt;/b&gt;')
    expect(mail?.html).not.toContain('<b>rude')
    expect(mail?.text).toContain('bob@')
    const told = await ctx.db('notifications').where({ type: 'admin.report' }).select()
    expect(told.map((row) => row.account_id).sort()).toEqual([cast.ada.account.id, cast.mo.account.id].sort())
    const mo = web.as(await make.token({ user: cast.mo.user, scopes: 'read' }))
    const [notification] = (await mo.get('/api/v1/notifications')).body
    expect(notification).toMatchObject({
      type: 'admin.report',
      account: { id: cast.bob.account.id },
      report: { comment: '<b>rude</b>', target_account: { id: cast.alice.account.id } },
    })
    await ctx.db('reports').update({ action_taken_at: new Date() })
    await report({ account_id: cast.alice.account.id })
    await drainQueues(ctx)
    expect(await ctx.db('notifications').where({ type: 'admin.report' })).toHaveLength(4)
  })

  describe('forwarded', () => {
    it('goes to the server of the account, in the name of our own', async () => {
      const status = await make.status({ account: cast.carol, uri: `${cast.carol.uri}/1` })
      const { body } = await report({
        account_id: cast.carol.id,
        status_ids: [status.id],
        comment: 'look',
        forward: true,
      })
      expect(body.forwarded).toBe(true)
      const [sent, ...more] = await sentActivities(ctx)
      expect(more).toEqual([])
      expect(sent).toMatchObject({ inboxUrl: cast.carol.inbox_url, signerId: '-99' })
      expect(sent?.activity).toEqual({
        '@context': expect.anything(),
        id: (await stored())[0].uri,
        type: 'Flag',
        actor: `${ctx.config.baseUrl}/actor`,
        content: 'look',
        object: [cast.carol.uri, status.uri],
      })
      expect(JSON.stringify(sent)).not.toContain('bob')
    })

    it('goes to the named servers it concerns, and to no others', async () => {
      const answered = await make.status({ account: cast.dan, uri: `${cast.dan.uri}/note` })
      const status = await make.status({
        account: cast.carol,
        uri: `${cast.carol.uri}/2`,
        in_reply_to_id: answered.id,
        in_reply_to_account_id: cast.dan.id,
      })
      const { body } = await report({
        account_id: cast.carol.id,
        status_ids: [status.id],
        forward: true,
        forward_to_domains: ['other.example', 'elsewhere.example'],
      })
      expect(body.forwarded).toBe(false)
      const sent = await sentActivities(ctx)
      expect(sent.map(({ inboxUrl }) => inboxUrl)).toEqual([cast.dan.shared_inbox_url || cast.dan.inbox_url])
    })

    it('stays here for a local account, and when nobody asks', async () => {
      await report({ account_id: cast.alice.account.id, forward: true })
      await report({ account_id: cast.carol.id })
      expect(await sentActivities(ctx)).toEqual([])
    })
  })
})

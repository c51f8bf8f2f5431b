import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Remotes, signDelivery, startRemotes } from '@anancus/core/testing/remote'
import { factories } from '@anancus/db/testing/make'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let remotes: Remotes
let ctx: TestContext
let web: TestWeb
beforeAll(async () => {
  remotes = await startRemotes(['far'])
  ctx = await testContext({ env: remotes.env })
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})

it('lists to a server its own people among the followers, and nothing to who does not say who asks', async () => {
  const make = factories(ctx.db)
  const far = remotes.host('far')
  const asker = far.actor('robot')
  const { account } = await make.viewer({ account: { username: 'alice' } })
  const uri = far.url('/users/carol')
  await make.follow({ account: await make.remoteAccount({ uri }), target: account })
  await make.follow({
    account: await make.remoteAccount({ uri: `${far.origin}0/users/dan` }),
    target: account,
  })
  const target = '/users/alice/followers_synchronization'
  expect((await web.get(target, { headers: { accept: 'application/activity+json' } })).status).toBe(401)
  const request = signDelivery(asker, '', { host: 'social.test', target }, { method: 'GET' })
  const answer = await sendSigned(web.url, request)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ type: 'OrderedCollection', orderedItems: [uri] })
  expect(answer.headers['cache-control']).toContain('no-store')
})

import { saveSettings } from '@anancus/core/domain/settings'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
const make = () => factories(ctx.db)
const PATH = '/api/v1/instance/domain_blocks'

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  await ctx.db('domain_blocks').insert({
    domain: 'bad.example',
    severity: 1,
    public_comment: 'canary of the reason',
    private_comment: 'canary for the staff',
    obfuscate: true,
  })
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

describe('SEC-PRIV-11 the list of blocked servers', () => {
  const asking = async (values: object) => {
    const { user } = await make().user(values)
    return web.as(await make().token({ user })).get(PATH)
  }

  it('meant for users, is for those alone who may act', async () => {
    await saveSettings(ctx, { show_domain_blocks: 'users', show_domain_blocks_rationale: 'users' })
    const elsewhere = await make().account()
    for (const values of [
      { confirmed_at: null },
      { approved: false },
      { disabled: true },
      { account: { suspended_at: new Date() } },
      { account: { memorial: true } },
      { account: { moved_to_account_id: elsewhere.id } },
    ]) {
      const answer = await asking(values)
      expect([values, [403, 404].includes(answer.status)]).toEqual([values, true])
      expect(answer.text).not.toMatch(/bad\.example|canary/)
    }
    for (const client of [web, web.as(await make().token({}))])
      expect((await client.get(PATH)).status).toBe(404)
    const shown = await asking({})
    expect(shown.body).toEqual([expect.objectContaining({ comment: 'canary of the reason' })])
    expect(shown.text).not.toMatch(/bad\.example|for the staff/)
    expect(shown.headers.get('cache-control')).toBe('private, no-store')
  })

  it('SEC-HTTP-02 with reasons that only users are told, is cached for nobody', async () => {
    await saveSettings(ctx, { show_domain_blocks: 'all', show_domain_blocks_rationale: 'users' })
    const shown = await asking({})
    expect(shown.text).toContain('canary of the reason')
    expect(shown.headers.get('cache-control')).toBe('private, no-store')
    const anonymous = await web.get(PATH)
    expect([anonymous.status, anonymous.text.includes('canary')]).toEqual([200, false])
  })
})

it('SEC-INFO-04 says of itself what is documented, in every form, and nothing of how it is run', async () => {
  const { body: v1 } = await web.get('/api/v1/instance')
  expect(Object.keys(v1).sort()).toEqual(
    [
      'approval_required',
      'configuration',
      'contact_account',
      'description',
      'email',
      'invites_enabled',
      'languages',
      'registrations',
      'rules',
      'short_description',
      'stats',
      'thumbnail',
      'title',
      'uri',
      'urls',
      'version',
    ].sort(),
  )
  for (const version of ['2.0', '2.1']) {
    const { body } = await web.get(`/nodeinfo/${version}`)
    const { metadata, ...rest } = body
    expect(Object.keys(rest).sort()).toEqual(
      ['openRegistrations', 'protocols', 'services', 'software', 'usage', 'version'].sort(),
    )
    expect(Object.keys(metadata).sort()).toEqual(['nodeDescription', 'nodeName'])
  }
  for (const path of [
    '/api/v1/instance',
    '/api/v2/instance',
    '/nodeinfo/2.0',
    '/health',
    '/.well-known/nodeinfo',
  ]) {
    const { text, headers } = await web.get(path)
    const all = text + JSON.stringify([...headers])
    expect([path, /canary|bad\.example|postgres|redis|node\/|v24\.|secret/i.exec(all)?.[0]]).toEqual([
      path,
      undefined,
    ])
  }
})

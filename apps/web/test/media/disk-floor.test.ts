import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: Factories
let remotes: Remotes

beforeAll(async () => {
  remotes = await startRemotes(['a'])
  // More than any disk has: it is always too full.
  ctx = await testContext({ env: { ...remotes.env, MEDIA_DISK_FLOOR: '1PB' } })
  web = await startWeb(ctx)
})
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})

const attachment = async (status: object = {}, values: object = {}) =>
  make.media({
    account: cast.carol,
    status: await make.status({ account: cast.carol, ...status }),
    remote_url: remotes.host('a').url('/x.png'),
    ...values,
  })

describe('GET /media_proxy/:id/:style while the disk is nearly full', () => {
  it('sends to the other server, and stores nothing', async () => {
    const media = await attachment()
    for (const style of ['original', 'small']) {
      const answer = await web.get(`/media_proxy/${media.id}/${style}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, media.remote_url])
    }
    expect(remotes.host('a').requests).toEqual([])
    expect((await ctx.db('media_attachments').where({ id: media.id }).first()).file_file_name).toBeNull()
  })

  it('sends nobody where a moderator takes no files from, nor to what is no web address', async () => {
    const odd = await attachment({}, { remote_url: 'javascript:alert(1)' })
    expect((await web.get(`/media_proxy/${odd.id}/original`)).status).toBe(404)
    await ctx.db('domain_blocks').insert({ domain: 'mastodon.example', severity: 2, reject_media: true })
    expect((await web.get(`/media_proxy/${(await attachment()).id}/original`)).status).toBe(404)
  })

  it('is not found for what hangs on a status the visitor may not see', async () => {
    const hidden = await attachment({ visibility: 'private' })
    expect((await web.get(`/media_proxy/${hidden.id}/original`)).status).toBe(404)
  })
})

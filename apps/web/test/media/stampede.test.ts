import { fetchMediaOnce } from '@anancus/core/domain/media'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, environmentOf, type TestContext, testContext } from '@anancus/core/testing/context'
import { picture } from '@anancus/core/testing/pictures'
import { type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { keepFilesOnS3 } from '@anancus/core/testing/store'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

/** One remote picture that everybody wants at once, of two web processes and two workers, on either store. */
const VISITORS = 120

describe.each(['local disk', 'S3'])('a stampede, files on %s', (store) => {
  if (store === 'S3') keepFilesOnS3()
  let ctx: TestContext
  let other: Ctx
  let webs: TestWeb[]
  let cast: Cast
  let make: Factories
  let remotes: Remotes

  beforeAll(async () => {
    remotes = await startRemotes(['a'])
    ctx = await testContext({ env: remotes.env })
    other = await buildContext(loadConfig(environmentOf(ctx)), { name: 'other' })
    webs = [await startWeb(ctx), await startWeb(other)]
  })
  afterAll(async () => {
    for (const web of webs) await web.close()
    await closeContext(other)
    await closeTestContext(ctx)
    await remotes.close()
  })
  beforeEach(async () => {
    remotes.reset()
    await resetDatabase(ctx)
    cast = await castOf(ctx)
    make = factories(ctx.db)
  })

  const everybody = async (id: string) => {
    const visits = Array.from({ length: VISITORS }, (_, count) =>
      (webs[count % 2] as TestWeb).get(`/media_proxy/${id}/${count % 3 ? 'small' : 'original'}`, {
        headers: { 'x-forwarded-for': `2001:db8:1:${count}::1` },
      }),
    )
    const jobs = Promise.allSettled([ctx, other].map((one) => fetchMediaOnce(one, { mediaAttachmentId: id })))
    const answers = await Promise.all(visits)
    await jobs
    return answers
  }
  const attachment = async () =>
    make.media({
      account: cast.carol,
      status: await make.status({ account: cast.carol }),
      remote_url: remotes.host('a').url('/x.png'),
    })

  it('asks its server once, and all are sent to the copy', async () => {
    const body = await picture('png')
    remotes.host('a').serve('/x.png', (_request, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/plain' }).end(body), 500)
      return undefined
    })
    const { id } = await attachment()
    const answers = await everybody(id)
    expect(remotes.host('a').requests).toHaveLength(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([302]))
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(2)
    for (const { headers } of answers.slice(0, 2)) {
      const location = headers.get('location') ?? ''
      const file = store === 'S3' ? await fetch(location) : await webs[1]?.get(new URL(location).pathname)
      expect([file?.status, file?.headers.get('content-type')]).toEqual([200, 'image/png'])
    }
  })

  it('of a server that has nothing asks it few times, and nobody waits for ever', async () => {
    const { id } = await attachment()
    const answers = await everybody(id)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404, 503]))
    // Five tries of visitors in a while, and one of each worker.
    expect(remotes.host('a').requests.length).toBeLessThanOrEqual(7)
  })
})

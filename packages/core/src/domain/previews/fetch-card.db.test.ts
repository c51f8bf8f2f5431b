import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { AccountRow, PreviewCardRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { clearRedis, closeTestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { gifBomb, movingGif, picture, pictureWithExif, pngBomb } from '../../../testing/pictures.ts'
import { redirect, type Remote, type Remotes, reply, startRemotes } from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { renderStatus } from '../../entities/index.ts'
import { fetchCardJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RaceError } from '../../kernel/errors.ts'
import { updateProfile } from '../accounts/index.ts'
import { editStatus, publishStatus, purgeDeletedStatuses, resolveStatusByUri } from '../statuses/index.ts'
import { fetchCard } from './fetch-card.ts'
import { planCard } from './plan-card.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>
let remotes: Remotes
let site: Remote
let folder: string
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-previews-test-'))
  remotes = await startRemotes(['news', 'other'])
  ctx = await testContext({ env: remotes.env })
  registerHandlers({ ...allHandlers, [fetchCardJob.name]: fetchCard as never })
  process.env.TMPDIR = folder
})
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  site = remotes.host('news')
})
afterEach(async () => expect(await readdir(folder)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await rm(folder, { recursive: true })
  await closeTestContext(ctx)
  await remotes.close()
})

const page = (body: string | Buffer, headers: Record<string, string> = {}) =>
  reply({ type: 'text/html; charset=utf-8', body, headers })
const article = (more = '') => `<html lang="en"><head><title>The story</title>
  <meta property="og:description" content="All of it">${more}</head>`

async function post(text: string, author: { account: AccountRow } = cast.alice): Promise<StatusRow> {
  const status = await publishStatus(ctx, author.account, { status: text })
  await drainQueues(ctx)
  return status as StatusRow
}

const cards = () => ctx.db<PreviewCardRow>('preview_cards').orderBy('id')
const attached = () => ctx.db('preview_cards_statuses').orderBy('status_id')
const cardOf = async (status: StatusRow) => (await renderStatus(ctx, null, status.id)).card
const asked = (path: string) => site.requests.filter((request) => request.path === path)

describe('a status with a link', () => {
  it('gets a card, seen by everybody', async () => {
    site.serve('/story', page(article('<meta property="og:image" content="/pic">')))
    site.serve('/pic', reply({ type: 'image/png', body: await picture('png', 1200, 600) }))
    const status = await post(`look: ${site.url('/story')}`)
    const card = await cardOf(status)
    expect(card).toMatchObject({
      url: site.url('/story'),
      title: 'The story',
      description: 'All of it',
      type: 'link',
      language: 'en',
      authors: [],
      blurhash: expect.any(String),
    })
    expect(card?.width).toBeGreaterThan(card?.height ?? 0)
    expect((card?.width ?? 0) * (card?.height ?? 0)).toBeLessThanOrEqual(231_000)
    // SEC-INFO-07: what a reader's browser asks for is ours.
    expect(card?.image).toMatch(/^https:\/\/social\.test\/system\/cache\/preview_cards\//)
    expect(asked('/story')[0]?.headers['user-agent']).toMatch(/Bot$/)
  })

  it('has its picture brought again by the next one, where it made room for others; none while the disk is full', async () => {
    site.serve('/story', page(article('<meta property="og:image" content="/pic">')))
    site.serve('/pic', reply({ type: 'image/png', body: await picture('png', 1200, 600) }))
    await post(`look: ${site.url('/story')}`)
    await ctx.db('preview_cards').update({ image_file_name: null, image_file_size: null })
    await clearRedis(ctx)
    const env = { ...ctx.config.env, MEDIA_DISK_FLOOR: 1024 ** 5 }
    const second = await make.status({ account: cast.alice.account, text: site.url('/story') })
    await fetchCard({ ...ctx, config: { ...ctx.config, env } }, { statusId: second.id })
    expect(await cardOf(second)).toMatchObject({ title: 'The story', image: null })
    await clearRedis(ctx)
    const third = await post(`look again: ${site.url('/story')}`)
    expect((await cardOf(third))?.image).toMatch(/^https:\/\/social\.test\/system\/cache\/preview_cards\//)
    expect(await cards()).toHaveLength(1)
    expect(asked('/pic')).toHaveLength(2)
  })

  it('asks once for a link that fifty share', async () => {
    site.serve('/story', page(article()))
    const link = site.url('/story')
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => make.status({ account: cast.alice.account, text: link })),
    )
    const outcomes = await Promise.allSettled(statuses.map(({ id }) => fetchCard(ctx, { statusId: id })))
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RaceError)
    for (const { id } of statuses) await fetchCard(ctx, { statusId: id })
    expect(asked('/story')).toHaveLength(1)
    expect(await cards()).toHaveLength(1)
    expect(await attached()).toHaveLength(50)
  })

  it('asks no more than once for a page that offers nothing, is none, or fails', async () => {
    site.serve('/none', page('<p>nothing'))
    site.serve('/file', reply({ type: 'application/pdf', body: '%PDF' }))
    site.serve('/gone', reply({ status: 410, type: 'text/html', body: article() }))
    site.serve('/error', (_request, response) => void response.destroy())
    for (const path of ['/none', '/file', '/gone', '/error']) {
      await post(site.url(path))
      await post(`again ${site.url(path)}`)
      expect(asked(path)).toHaveLength(1)
    }
    expect(await attached()).toEqual([])
  })

  it('waits its turn while somebody else reads the page', async () => {
    site.serve('/story', page(article()))
    const status = await make.status({ account: cast.alice.account, text: site.url('/story') })
    let isReading: () => void = () => {}
    let finish: () => void = () => {}
    const reading = new Promise<void>((resolve) => (isReading = resolve))
    site.serve('/story', async (_request, response) => {
      isReading()
      await new Promise<void>((resolve) => (finish = resolve))
      response.writeHead(200, { 'content-type': 'text/html' }).end(article())
      return undefined
    })
    const first = fetchCard(ctx, { statusId: status.id })
    await reading
    await expect(fetchCard(ctx, { statusId: status.id })).rejects.toThrow(RaceError)
    finish()
    await first
    expect(await attached()).toHaveLength(1)
  })

  it('reads a page again after two weeks, and keeps what hangs on it', async () => {
    site.serve('/story', page(article()))
    const first = await post(site.url('/story'))
    await ctx.db('preview_cards').update({ updated_at: new Date(Date.now() - 15 * 86_400_000) })
    // The memory of the link is an hour long, and would be gone by then.
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}cache:previews:*`)
    if (keys.length > 0) await ctx.redis.del(...keys)
    site.serve('/story', page('<title>Another title</title>'))
    await post(`again ${site.url('/story')}`)
    expect(await cards()).toHaveLength(1)
    expect((await cardOf(first))?.title).toBe('Another title')
  })

  it('takes the first link to somebody else, and no mention or hashtag', async () => {
    site.serve('/second', page('<title>Second</title>'))
    const status = await post(`https://social.test/@bob and ${site.url('/second')} and ${site.url('/third')}`)
    expect((await cardOf(status))?.title).toBe('Second')
    expect(asked('/third')).toEqual([])
  })

  it('has no card when it shows media, or is a reblog', async () => {
    site.serve('/story', page(article()))
    const media = await make.media({ account: cast.alice.account })
    await publishStatus(ctx, cast.alice.account, { status: site.url('/story'), mediaIds: [media.id] })
    await drainQueues(ctx)
    expect(asked('/story')).toEqual([])
  })

  it('says the link as the status has it, though it leads elsewhere', async () => {
    site.serve('/short', redirect(site.url('/story?utm=1')))
    site.serve('/story', page(article('<link rel="canonical" href="/story">')))
    const status = await post(site.url('/short'))
    expect((await cards()).map((card) => card.url)).toEqual([site.url('/story')])
    expect((await cardOf(status))?.url).toBe(site.url('/short'))
    await post(`again ${site.url('/short')}`)
    expect(asked('/short')).toHaveLength(1)
  })
})

describe('a status of another server', () => {
  it('gets a card after a while, not of mentions and hashtags', async () => {
    site.serve('/story', page(article()))
    const mentioned = cast.carol
    const text = `<p><a href="${mentioned.uri}">@carol</a> <a rel="tag" href="${site.url('/tags/x')}">#x</a>
      <a class="u-url mention" href="${site.url('/@x')}">@x</a> <a href="mailto:a@b.example">m</a>
      <a href="${site.url('/story')}">story</a></p>`
    const status = await make.status({ account: cast.carol, text, mentions: [mentioned] })
    await fetchCard(ctx, { statusId: status.id })
    expect((await cardOf(status))?.title).toBe('The story')
    expect(site.requests.map((request) => request.path)).toEqual(['/story'])
  })
})

it('gets a card also when it is old and only fetched', async () => {
  site.serve('/story', page(article()))
  const author = remotes.host('other').actor('zoe')
  const content = `<p><a href="${site.url('/story')}">story</a></p>`
  const note = remotes.host('other').note(author, { content, published: '2020-01-01T00:00:00Z' })
  const status = await resolveStatusByUri(ctx, note.id)
  await drainQueues(ctx)
  expect((await cardOf(status as StatusRow))?.title).toBe('The story')
})

describe('planning', () => {
  it('reads the link of our own status at once, of another within a minute, at a moment of chance', async () => {
    const ours = await make.status({ account: cast.alice.account, text: site.url('/story') })
    const theirs = await make.status({ account: cast.carol, text: `<a href="${site.url('/story')}">x</a>` })
    const reblog = await make.status({ account: cast.bob.account, reblogOf: ours } as never)
    for (const status of [ours, theirs, reblog]) await planCard(ctx, status, 'create')
    const jobs = await (await ctx.queues.get('pull')).getJobs(['waiting', 'delayed', 'prioritized'])
    const delays = new Map(jobs.map((job) => [(job.data as { statusId: string }).statusId, job.delay]))
    expect([...delays.keys()].sort()).toEqual([ours.id, theirs.id].sort())
    expect(delays.get(ours.id)).toBe(0)
    expect(delays.get(theirs.id)).toBeGreaterThanOrEqual(1_000)
    expect(delays.get(theirs.id)).toBeLessThanOrEqual(60_000)
  })
})

describe('an edit', () => {
  it('takes the card away with the link, keeps that of a link which stays, and changes it with the link', async () => {
    site.serve('/story', page(article()))
    site.serve('/other', page('<title>Other</title>'))
    const status = await post(site.url('/story'))
    const edit = async (text: string) => {
      await editStatus(ctx, cast.alice.account, status, { status: text })
      await drainQueues(ctx)
      return cardOf(status)
    }
    expect((await edit(`still ${site.url('/story')}`))?.title).toBe('The story')
    expect(asked('/story')).toHaveLength(1)
    expect((await edit(`now ${site.url('/other')}`))?.title).toBe('Other')
    expect(await edit('no link any more')).toBeNull()
    expect(await attached()).toEqual([])
  })
})

describe('oEmbed', () => {
  const withProvider = (path = '/oembed') =>
    page(article(`<link rel="alternate" type="application/json+oembed" href="${path}">`))
  const provide = (body: object) =>
    site.serve('/oembed', reply({ type: 'application/json', body: { version: '1.0', ...body } }))

  it('shows the player of a film, and its picture', async () => {
    site.serve('/film', withProvider())
    provide({
      type: 'video',
      title: 'A film',
      html: '<iframe src="https://video.example/e/1" width="480" height="270" onload="x()"></iframe>',
      width: 480,
      height: '270',
      thumbnail_url: site.url('/still'),
      author_name: 'Maker',
      author_url: '/makers/1',
      provider_name: 'Films',
    })
    site.serve('/still', reply({ type: 'image/jpeg', body: await picture('jpeg', 900, 900) }))
    const card = await cardOf(await post(site.url('/film')))
    expect(card).toMatchObject({
      type: 'video',
      title: 'A film',
      width: 480,
      height: 270,
      provider_name: 'Films',
      authors: [{ name: 'Maker', url: site.url('/makers/1'), account: null }],
      image: expect.any(String),
    })
    expect(card?.html).toMatch(
      /^<iframe height="270" src="https:\/\/video\.example\/e\/1" width="480" sandbox="/,
    )
  })

  it('shows a photo', async () => {
    site.serve('/photo', withProvider())
    provide({ type: 'photo', title: 'P', url: site.url('/full'), width: 3000, height: 2000 })
    site.serve('/full', reply({ type: 'image/webp', body: await picture('webp', 300, 200) }))
    expect(await cardOf(await post(site.url('/photo')))).toMatchObject({
      type: 'photo',
      embed_url: site.url('/full'),
      width: 3000,
    })
  })

  it.each<[string, Parameters<typeof reply>[0] | object]>([
    ['rich', { type: 'rich', title: 'R', html: '<script>x</script>' }],
    ['another version', { version: '2.0', type: 'link', title: 'V' }],
    ['a film without a player', { type: 'video', title: 'F', html: '<b>x</b>' }],
    ['a photo that is nowhere', { type: 'photo', title: 'F', url: 'javascript:alert(1)' }],
    ['nothing sensible', { type: 7, title: { a: 1 }, version: ['1.0'] }],
  ])('falls back to the page for %s', async (_, body) => {
    site.serve('/film', withProvider())
    provide(body)
    expect((await cardOf(await post(site.url('/film'))))?.title).toBe('The story')
  })

  it('falls back to the page when the provider says nothing, too much, or no JSON', async () => {
    const answers = [
      reply({ status: 404 }),
      reply({ type: 'application/json', body: '{"version":' }),
      reply({ type: 'application/json', body: 'null' }),
      reply({ type: 'application/json', body: 'x'.repeat(300_000) }),
    ]
    for (const [place, answer] of answers.entries()) {
      site.serve(`/film${place}`, withProvider())
      site.serve('/oembed', answer)
      expect((await cardOf(await post(site.url(`/film${place}`))))?.title).toBe('The story')
    }
  })

  it('SEC-XSS-01, SEC-XSS-16: keeps one frame of a web address, in a sandbox, and nothing else', async () => {
    const hostile = [
      '<script>alert(1)</script><iframe src="https://v.example/1"></iframe>',
      '<iframe srcdoc="<script>x</script>" src="https://v.example/2" style="position:fixed"></iframe>',
      '<div data-x="y"><svg onload="x"></svg><iframe src="https://v.example/3"></iframe><iframe src="https://w.example/"></iframe></div>',
      '<iframe src="javascript:alert(1)"></iframe><iframe src="//v.example/4"></iframe><iframe src="https://v.example/4"></iframe>',
    ]
    for (const [place, html] of hostile.entries()) {
      site.serve(`/film${place}`, withProvider())
      provide({ type: 'video', title: 'x', html })
      const stored = await cardOf(await post(site.url(`/film${place}`)))
      expect(stored?.html).toMatch(/^<iframe src="https:\/\/v\.example\/\d" sandbox="[a-z -]+"><\/iframe>$/)
      const row = (await cards()).at(-1)
      expect(row?.html).not.toMatch(/<script|alert|srcdoc|style|svg|onload/)
    }
  })
})

describe('pages made to hurt', () => {
  it('reads no more than the first megabyte, also of what is packed small', async () => {
    const rest = 'x'.repeat(30_000_000)
    site.serve('/long', page(article() + 'y'.repeat(3_000_000)))
    site.serve('/bomb', page(gzipSync(article() + rest), { 'content-encoding': 'gzip' }))
    site.serve('/late', page(`<p>${'y'.repeat(1_100_000)}${article()}`))
    expect((await cardOf(await post(site.url('/long'))))?.title).toBe('The story')
    expect((await cardOf(await post(site.url('/bomb'))))?.title).toBe('The story')
    expect(await cardOf(await post(site.url('/late')))).toBeNull()
  })

  it('SEC-SSRF-01, SEC-SSRF-04, SEC-SSRF-08, SEC-SSRF-10: never reaches a private address, by link, redirect, picture or provider', async () => {
    const touched: string[] = []
    const hidden = createServer((request, response) => {
      touched.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/html' }).end(article())
    })
    hidden.on('connection', () => touched.push('connected'))
    hidden.listen(0, '127.0.0.1')
    await once(hidden, 'listening')
    const address = `http://127.0.0.1:${(hidden.address() as AddressInfo).port}`
    site.serve('/redirect', redirect(`${address}/secret`))
    site.serve('/loop', redirect(site.url('/loop')))
    site.serve('/pic', page(article(`<meta property="og:image" content="${address}/pic">`)))
    site.serve('/embed', page(article(`<link type="application/json+oembed" href="${address}/o">`)))
    for (const text of [
      address,
      `http://localhost:${new URL(address).port}/`,
      `http://[::1]:${new URL(address).port}/`,
    ]) {
      const status = await make.status({ account: cast.carol, text: `<a href="${text}">x</a>` })
      await fetchCard(ctx, { statusId: status.id })
    }
    await post('http://0x7f.1/')
    expect(await cardOf(await post(site.url('/redirect')))).toBeNull()
    expect(await cardOf(await post(site.url('/loop')))).toBeNull()
    expect((await cardOf(await post(site.url('/pic'))))?.image).toBeNull()
    expect((await cardOf(await post(site.url('/embed'))))?.title).toBe('The story')
    expect(asked('/loop').length).toBeLessThanOrEqual(4)
    hidden.close()
    expect(touched).toEqual([])
  })

  it('SEC-SSRF-18: asks nothing of this server itself', async () => {
    site.serve('/redirect', redirect('https://social.test/@alice'))
    expect(await cardOf(await post(site.url('/redirect')))).toBeNull()
    expect(await cardOf(await post('https://social.test/about'))).toBeNull()
  })

  it('takes no picture that is a bomb or none, and strips what a good one knows', async () => {
    const pictures: Record<string, Buffer> = {
      pixels: pngBomb(30_000, 30_000, 10),
      frames: gifBomb(5_000),
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      text: Buffer.from('hello'),
      huge: Buffer.alloc(9 * 1024 * 1024, 1),
    }
    for (const [name, body] of Object.entries(pictures)) {
      site.serve(`/${name}`, page(article(`<meta property="og:image" content="/${name}.png">`)))
      site.serve(`/${name}.png`, reply({ type: 'image/png', body }))
      expect(await cardOf(await post(site.url(`/${name}`)))).toMatchObject({
        title: 'The story',
        image: null,
      })
    }
    for (const body of [await pictureWithExif('jpeg'), await movingGif()]) {
      site.serve('/good', page(article('<meta property="og:image" content="/good.png">')))
      site.serve('/good.png', reply({ type: 'image/png', body }))
      await ctx
        .db('preview_cards')
        .where({ url: site.url('/good') })
        .delete()
      await post(`${site.url('/good')}?${body.length}`)
    }
    const stored = (await cards()).at(-2)
    expect(stored).toMatchObject({ image_content_type: 'image/jpeg' })
    expect((await cards()).at(-1)).toMatchObject({ image_content_type: 'image/png' })
  })

  it('reads odd encodings, and texts that the database could not hold', async () => {
    const title = Buffer.concat([
      Buffer.from('<title>'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
      Buffer.from('</title>'),
    ])
    site.serve('/sjis', reply({ type: 'text/html; charset=shift_jis', body: title }))
    site.serve(
      '/nul',
      page('<title>a\u0000b</title><meta property="article:published_time" content="+275000-01-01">'),
    )
    expect((await cardOf(await post(site.url('/sjis'))))?.title).toBe('日本')
    expect((await cardOf(await post(site.url('/nul'))))?.title).toBe('ab')
  })
})

describe('who wrote a page', () => {
  const named = () => page(article('<meta name="fediverse:creator" content="@bob@social.test">'))
  const allow = (domain: string) => updateProfile(ctx, cast.bob.account, { attributionDomains: [domain] })

  it('is credited when she allows the host, or a domain above it', async () => {
    await ctx
      .db('accounts')
      .where({ id: cast.bob.account.id })
      .update({ attribution_domains: ['localhost'] })
    site.serve('/story', named())
    const card = await cardOf(await post(site.url('/story')))
    expect(card?.authors).toMatchObject([{ account: { username: 'bob' } }])
  })

  it('SEC-ORG-10: is told, and nobody else, when she does not', async () => {
    await ctx
      .db('accounts')
      .where({ id: cast.bob.account.id })
      .update({ attribution_domains: ['s.localhost'] })
    site.serve('/story', named())
    const status = await post(site.url('/story'))
    expect((await cardOf(status))?.authors).toEqual([])
    const seen = async (viewer: { account: { id: string } }) =>
      (await renderStatus(ctx, viewer, status.id)).card?.missing_attribution
    expect(await seen(cast.bob)).toBe(true)
    expect(await seen(cast.alice)).toBe(false)
  })

  it('is credited for older pages once she allows it', async () => {
    site.serve('/story', named())
    const status = await post(site.url('/story'))
    expect((await cardOf(status))?.authors).toEqual([])
    await ctx.db('preview_cards').update({ url: 'https://blog.example/story' })
    await allow('blog.example')
    await drainQueues(ctx)
    expect((await cardOf(status))?.authors).toMatchObject([{ account: { username: 'bob' } }])
  })

  it('is nobody when she cannot be found', async () => {
    site.serve('/story', page(article('<meta name="fediverse:creator" content="@@@nobody">')))
    expect((await cardOf(await post(site.url('/story'))))?.authors).toEqual([])
  })
})

it('leaves nothing hanging on a status whose row is purged', async () => {
  const status = await make.status({ account: cast.alice.account, deleted_at: new Date(0) })
  const kept = await make.status({ account: cast.alice.account })
  const card = await make.card({ status })
  await ctx.db('preview_cards_statuses').insert({ status_id: kept.id, preview_card_id: card.id })
  expect(await purgeDeletedStatuses(ctx)).toBe(1)
  expect((await attached()).map((row) => row.status_id)).toEqual([kept.id])
})

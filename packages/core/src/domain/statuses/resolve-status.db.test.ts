import type {} from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, gone, type Remote, type RemoteActor, redirect, reply } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { resolveStatusByUri, resolveUrl } from './index.ts'

const world = useFederation(['e', 'v'])
const { noteUri, statusAt } = world
const alicesUri = () => world.uriOf(world.alice.account)
const countOf = (table: string) => world.count(table)
let ctx: Ctx
let make: Factories
let alice: Viewer
let evil: Remote
let honest: Remote
let mallory: RemoteActor
let victim: RemoteActor

beforeEach(async () => {
  ;({ ctx, make, alice } = world)
  evil = world.host('e')
  honest = world.host('v')
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
  await world.followed(mallory)
  await world.followed(victim)
})

async function posted(overrides: Record<string, unknown> = {}) {
  const note = honest.note(victim, overrides)
  await deliver(ctx, victim, activity(victim, 'Create', note))
  return note
}

describe('fetching a status', () => {
  it.each([
    'text/plain',
    'application/json',
    'text/html',
    'application/octet-stream',
    'application/ld+json',
    'image/png',
  ])('SEC-ORG-02 what is served as %s is no document', async (type) => {
    const note = honest.note(victim, { id: honest.url('/media/x.txt') })
    honest.serve('/media/x.txt', reply({ type, body: note }))
    await expect(resolveStatusByUri(ctx, note.id)).rejects.toMatchObject({ retryable: false })
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it.each([
    'application/activity+json; charset=utf-8',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json;charset=utf-8;profile="https://example.com/x https://www.w3.org/ns/activitystreams"',
  ])('SEC-ORG-02 what is served as %s is one', async (type) => {
    const note = honest.note(victim, { id: honest.url('/note') })
    honest.serve('/note', reply({ type, body: note }))
    expect(await resolveStatusByUri(ctx, note.id)).toMatchObject({ uri: note.id })
  })

  it('SEC-ORG-01 a body with another server’s id is fetched from that server', async () => {
    const note = honest.note(victim)
    evil.serve('/a', { ...note, content: '<p>Forged</p>' })
    await resolveUrl(ctx, evil.url('/a'))
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
    expect(
      await ctx
        .db('statuses')
        .where({ uri: evil.url('/a') })
        .select(),
    ).toEqual([])
  })

  it('SEC-ORG-13 the final address is the origin: a redirect lends nobody another’s name', async () => {
    const claimed = honest.url('/obj')
    honest.serve('/obj', redirect(evil.url('/obj')))
    evil.serve('/obj', { ...honest.note(victim, { id: claimed }), content: '<p>Forged</p>' })
    honest.serve('/obj', redirect(evil.url('/obj')))
    expect(await resolveStatusByUri(ctx, claimed)).toBeNull()
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-ORG-13 SEC-SSRF-18 nothing of our own is fetched or taken from others', async () => {
    const mine = await make.status({ account: alice.account })
    const uri = noteUri(mine, alice.account)
    expect(await resolveStatusByUri(ctx, uri)).toMatchObject({ id: mine.id })
    expect(await resolveStatusByUri(ctx, `${ctx.config.baseUrl}/media/upload.json`)).toBeNull()
    evil.serve('/x', { ...evil.note(mallory), id: `${ctx.config.baseUrl}/media/upload.json` })
    expect(await resolveUrl(ctx, evil.url('/x'))).toBeNull()
    expect(await countOf('statuses')).toBe(1)
  })

  it('SEC-ORG-12 an id is the authority, a url is not', async () => {
    const one = evil.note(mallory, { url: honest.url('/page') })
    expect(await resolveStatusByUri(ctx, one.id)).toMatchObject({ uri: one.id, url: one.id })
    const two = evil.url('/swapped')
    evil.serve('/swapped', { ...evil.note(mallory), id: honest.url('/not-there'), url: two })
    expect(await resolveUrl(ctx, two)).toBeNull()
  })

  it('an author of another house is no author', async () => {
    const note = evil.note(mallory, { attributedTo: victim.uri })
    expect(await resolveStatusByUri(ctx, note.id)).toBeNull()
  })

  it('is done as somebody who may see it', async () => {
    const secret = honest.note(victim, { to: [victim.followers], cc: [] })
    expect(await resolveStatusByUri(ctx, secret.id, { onBehalfOf: alice.account.id })).toBeTruthy()
    const request = honest.requests.findLast(({ path }) => path === new URL(secret.id).pathname)
    expect(request?.headers.signature).toContain(`keyId="${alicesUri()}#main-key"`)
  })

  it('that is gone removes the copy of a public one, when asked afresh', async () => {
    const note = await posted()
    honest.serve(new URL(note.id).pathname, gone())
    expect(await resolveStatusByUri(ctx, note.id, { fresh: true })).toBeNull()
    expect(await statusAt(note.id)).toBeUndefined()
  })

  it('finds the document behind a page, by its link or its header', async () => {
    const note = honest.note(victim)
    const type = 'application/activity+json'
    honest.serve(
      '/page',
      reply({
        type: 'text/html',
        body: `<html><head><link rel="alternate" type="${type}" href="${note.id}"></head>`,
      }),
    )
    honest.serve(
      '/head',
      reply({
        type: 'text/html',
        body: '',
        headers: { link: `<${note.id}>; rel="alternate"; type="${type}"` },
      }),
    )
    for (const path of ['/page', '/head'])
      expect(await resolveUrl(ctx, honest.url(path))).toMatchObject({
        kind: 'status',
        status: { uri: note.id },
      })
    expect(await resolveUrl(ctx, honest.url('/@victim-page'))).toBeNull()
  })

  it('SEC-DOS-01 SEC-DOS-07 a page that is a trap costs little and leads nowhere', async () => {
    const start = performance.now()
    honest.serve(
      '/trap',
      reply({ type: 'text/html', body: '<a'.repeat(300_000) + '<link rel="alternate'.repeat(10_000) }),
    )
    expect(await resolveUrl(ctx, honest.url('/trap'))).toBeNull()
    expect(performance.now() - start).toBeLessThan(10_000)
    const link = (to: string) =>
      reply({ type: 'text/html', body: `<link rel=alternate type="application/activity+json" href="${to}">` })
    honest.serve('/a', link(honest.url('/b')))
    honest.serve('/b', link(honest.url('/a')))
    honest.requests.length = 0
    await expect(resolveUrl(ctx, honest.url('/a'))).rejects.toMatchObject({ retryable: false })
    expect(honest.requests).toHaveLength(2)
  })
})

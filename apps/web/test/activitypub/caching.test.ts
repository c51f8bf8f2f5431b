import { useFederation } from '@anancus/core/testing/federation'
import { startWeb, type TestWeb } from '../support/server.ts'

const AP = { accept: 'application/activity+json' }
const MIXED = 'Accept, Accept-Language, Cookie'
const world = useFederation(['far'])
let web: TestWeb
let paths: Record<string, string>

beforeAll(async () => {
  web = await startWeb(world.ctx)
})
afterAll(() => web.close())
beforeEach(async () => {
  const { account } = world.alice
  const status = await world.make.status({ account })
  const [emoji] = await world.ctx
    .db('custom_emojis')
    .insert({ shortcode: 'cat', image_file_name: 'cat.png', image_content_type: 'image/png' })
    .returning('id')
  await world.ctx.db('tags').insert({ name: 'tea' })
  const actor = new URL(world.uriOf(account)).pathname
  const note = `${actor}/statuses/${status.id}`
  paths = {
    actor,
    handle: '/@alice',
    note,
    activity: `${note}/activity`,
    replies: `${note}/replies`,
    likes: `${note}/likes`,
    shares: `${note}/shares`,
    outbox: `${actor}/outbox`,
    'page of the outbox': `${actor}/outbox?page=true`,
    followers: `${actor}/followers`,
    'page of the followers': `${actor}/followers?page=1`,
    following: `${actor}/following`,
    featured: `${actor}/collections/featured`,
    'featured tags': `${actor}/collections/tags`,
    'featured collections': `/ap/users/${account.id}/featured_collections`,
    tag: '/tags/tea',
    emoji: `/emojis/${emoji.id}`,
    server: '/actor',
  }
})

/** How long shared caches may keep a document (seconds), and what it depends on besides its address. */
const table: [string, number, string | null][] = [
  ['actor', 180, MIXED],
  ['handle', 180, MIXED],
  ['note', 180, MIXED],
  ['activity', 180, null],
  ['replies', 0, null],
  ['likes', 0, null],
  ['shares', 0, null],
  ['outbox', 180, null],
  ['page of the outbox', 60, null],
  ['followers', 180, null],
  ['page of the followers', 0, null],
  ['following', 180, null],
  ['featured', 180, null],
  ['featured tags', 180, null],
  ['featured collections', 180, null],
  ['tag', 180, MIXED],
  ['emoji', 180, null],
  ['server', 600, null],
]

it.each(table)('%s may be kept for %i s', async (name, seconds, vary) => {
  const answer = await web.get(paths[name] as string, { headers: AP })
  expect({
    status: answer.status,
    type: answer.headers.get('content-type'),
    caching: answer.headers.get('cache-control'),
    vary: answer.headers.get('vary'),
    id: answer.body.id,
    context: JSON.stringify(answer.body['@context']).includes('"https://www.w3.org/ns/activitystreams"'),
  }).toEqual({
    status: 200,
    type: 'application/activity+json; charset=utf-8',
    caching: `max-age=${seconds}, public`,
    vary,
    id: expect.stringMatching(/^https:\/\/social\.test\//),
    context: true,
  })
})

it.each(['actor', 'note'])('the %s is nobody else’s when a cookie says who asks', async (name) => {
  const headers = { ...AP, cookie: '_session_id=1' }
  const answer = await web.get(paths[name] as string, { headers })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
})

it('errors are kept by nobody, but that something is gone', async () => {
  const missing = await web.get(`${paths.actor}/statuses/1`, { headers: AP })
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'private, no-store'])
})

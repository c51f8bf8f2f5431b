import { drainQueues } from '@anancus/core/testing/drain-queues'
import { activity } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { signHs2019 } from '../../support/sign-otherwise.ts'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour()
const { world } = neighbour
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A post in a category, the whole actor in the activity, as Discourse sends it. */
function create() {
  const { far, carol } = neighbour
  const note = far.note(carol, {
    name: 'Our next meeting',
    content: '<p>On Thursday.</p>',
    url: far.url('/t/our-next-meeting/7/1'),
    audience: far.url('/ap/actor/category'),
  })
  return { note, document: { ...activity(carol, 'Create', note), actor: carol.document } }
}

it('interop 57 an actor that stands whole in its activity is who its id names', async () => {
  const { note, document } = create()
  const answer = await sendSigned(neighbour.web.url, signHs2019(neighbour.carol, document))
  expect(answer.status).toBe(202)
  await drainQueues(world.ctx)
  expect(await neighbour.look(note.id)).toMatchObject({
    content: '<p>On Thursday.</p>',
    account: { username: 'carol' },
  })
})

it.each([
  ['made an hour ago', { created: -HOUR }, 202],
  ['that ends in a minute', { created: 0, expires: MINUTE }, 202],
  ['made half a day from now', { created: 12 * HOUR }, 401],
  ['that ended two hours ago', { created: -3 * HOUR, expires: -2 * HOUR }, 401],
])('interop 57 a signature %s, told by (created) and (expires)', async (_name, times, status) => {
  const now = Date.now()
  const options = {
    created: new Date(now + times.created),
    ...('expires' in times ? { expires: new Date(now + times.expires) } : {}),
  }
  const { document } = create()
  expect((await sendSigned(neighbour.web.url, signHs2019(neighbour.carol, document, options))).status).toBe(
    status,
  )
})

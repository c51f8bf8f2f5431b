import { castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { fetchMediaJob } from '../../jobs/index.ts'
import { fetchFiles } from './store-remote-status.ts'

it.each([
  [{}, 1],
  [{ REMOTE_MEDIA: 'arrival' }, 1],
  [{ REMOTE_MEDIA: 'demand' }, 0],
])('with %j the arrival of a post brings %i of its pictures', async (env, expected) => {
  const ctx = await testContext({ env: env as Record<string, string> })
  const { carol } = await castOf(ctx)
  await fetchFiles(ctx, carol, ['1'])
  expect((await peekQueues(ctx)).filter(({ name }) => name === fetchMediaJob.name)).toHaveLength(expected)
  await closeTestContext(ctx)
})

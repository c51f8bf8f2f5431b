// `node bench/slow-hosts.ts [posts] [rounds]`: what four unwell hosts of fifty cost the others. One hangs every connection, one answers 500,
// one redirects to a private address, one talks without end; measured is how long the posts take to reach all that can have
// them, against fifty that are well. The limit is 1.2 times.
import { drill, type Manner } from '../apps/worker/test/support/fifty-hosts.ts'
import { withTestServices } from './test-services.ts'

const HOSTS = 50
const POSTS = Number(process.argv[2] ?? 10)
const ROUNDS = Number(process.argv[3] ?? 5)
const LIMIT = 1.2
const UNWELL: readonly Manner[] = ['hangs', 'fails', 'redirects inwards', 'talks without end']

const times = { well: [] as number[], unwell: [] as number[] }

async function round(number: number): Promise<void> {
  const well = await drill(HOSTS, POSTS, [])
  const unwell = await drill(HOSTS, POSTS, UNWELL)
  if (!well.hasEverybody || !unwell.hasEverybody) throw new Error('Not everybody got everything.')
  times.well.push(well.milliseconds)
  times.unwell.push(unwell.milliseconds)
  const words = [
    `round ${number}: ${POSTS} posts`,
    `all well ${well.milliseconds.toFixed(0)} ms`,
    `four unwell ${unwell.milliseconds.toFixed(0)} ms`,
    JSON.stringify(unwell.atUnwell),
  ]
  process.stdout.write(`${words.join(', ')}\n`)
}

await withTestServices(async () => {
  await drill(HOSTS, 1, []) // loads and compiles everything
  for (let number = 1; number <= ROUNDS; number++) await round(number)
})
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ratio = median(times.unwell) / median(times.well)
process.stdout.write(`ratio ${ratio.toFixed(2)} (limit ${LIMIT})\n`)
process.exit(ratio <= LIMIT ? 0 : 1)

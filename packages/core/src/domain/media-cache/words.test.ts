import type { MediaCache } from './reads.ts'
import { forecastInWords } from './words.ts'

const GB = 1024 ** 3
const words = (budget: number | null, bytesADay: number, days: number | null) =>
  forecastInWords({ budget, forecast: { bytesADay, days } } as MediaCache)

it.each([
  [words(null, GB, null), 'The cache grows by 1 GB a day. There is no budget: nothing is removed.'],
  [
    words(40 * GB, GB, 12.4),
    'The cache grows by 1 GB a day. As things go, it reaches its budget in 12 days.',
  ],
  [words(40 * GB, GB, 1.2), 'The cache grows by 1 GB a day. As things go, it reaches its budget in a day.'],
  [
    words(40 * GB, GB, 0.3),
    'The cache grows by 1 GB a day. As things go, it reaches its budget within a day.',
  ],
  [words(40 * GB, -GB, null), 'The cache shrinks by 1 GB a day. As things go, it stays within its budget.'],
  [words(40 * GB, 0, null), 'The cache does not grow. As things go, it stays within its budget.'],
  [
    words(40 * GB, GB, 0),
    'The budget is reached: what comes, 1 GB a day, takes the place of what is least useful.',
  ],
])('says %j', (said, expected) => expect(said).toBe(expected))

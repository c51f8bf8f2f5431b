import { deliverActivityJob, fourthPower } from './index.ts'

const HOUR_SECONDS = 60 * 60
const seconds = (attempt: number) => deliverActivityJob.backoff(attempt) / 1_000

describe('the rhythm of deliveries', () => {
  it('is sixteen tries within two to four days, ever further apart', () => {
    expect([deliverActivityJob.attempts, deliverActivityJob.backoff]).toEqual([16, fourthPower])
    for (let run = 0; run < 50; run++) {
      const waits = Array.from({ length: 15 }, (_, n) => seconds(n + 1))
      for (const [index, wait] of waits.entries()) {
        const attempt = index + 1
        expect(wait).toBeGreaterThanOrEqual(attempt ** 4 + 15)
        expect(wait).toBeLessThanOrEqual(1.5 * attempt ** 4 + 15 + 9 * (attempt + 1) + 1)
      }
      const total = waits.reduce((sum, wait) => sum + wait, 0)
      expect(total).toBeGreaterThan(48 * HOUR_SECONDS)
      expect(total).toBeLessThan(96 * HOUR_SECONDS)
    }
  })

  it('is spread: those that failed together do not come back together', () => {
    for (const attempt of [1, 5, 15]) {
      const waits = Array.from({ length: 200 }, () => seconds(attempt))
      expect(new Set(waits.map(Math.round)).size).toBeGreaterThan(10)
      expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(0.3 * attempt ** 4)
    }
  })
})

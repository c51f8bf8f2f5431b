import { decayed, peakAt, riseScore } from './score.ts'

const HOUR = 3_600_000
const now = new Date('2026-03-01T12:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR)

it.each([
  [4, 0, 0],
  [5, 0, 16],
  [10, 1, 81],
  [10, 4, 9],
  [10, 10, 0],
  [10, 11, 0],
])('%i accounts where %i were expected score %d', (observed, expected, score) => {
  expect(riseScore(observed, expected)).toBe(score)
})

it('halves a score with each half-life', () => {
  expect(decayed(16, 8 * HOUR, 4 * HOUR)).toBe(4)
  expect(decayed(16, -HOUR, 4 * HOUR)).toBe(16)
})

it('keeps a higher peak for two days, and no longer', () => {
  const last = { score: 50, at: ago(47) }
  expect(peakAt(now, 20, last, 48 * HOUR)).toBe(last)
  expect(peakAt(now, 60, last, 48 * HOUR)).toEqual({ score: 60, at: now })
  expect(peakAt(now, 20, { score: 50, at: ago(49) }, 48 * HOUR)).toEqual({ score: 20, at: now })
  expect(peakAt(now, 0, null, 48 * HOUR)).toEqual({ score: 0, at: now })
})

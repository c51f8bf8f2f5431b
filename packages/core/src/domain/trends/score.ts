import { THRESHOLD } from './limits.ts'

/**
 * How far the use of something rises above what was expected of it: the square of the difference, over the expected.
 * Zero below the threshold, and when it falls.
 */
export function riseScore(observed: number, expected: number): number {
  const usual = expected === 0 ? 1 : expected
  if (observed < THRESHOLD || observed < usual) return 0
  return (observed - usual) ** 2 / usual
}

/** What is left of a score after some time. */
export function decayed(score: number, ageMs: number, halfLifeMs: number): number {
  return score === 0 ? 0 : score * 0.5 ** (Math.max(0, ageMs) / halfLifeMs)
}

export interface Peak {
  score: number
  at: Date
}

/** The peak that counts now: the score of now, when it is higher or the last peak is too long ago. */
export function peakAt(now: Date, score: number, last: Peak | null, keptMs: number): Peak {
  const kept = last && now.getTime() - last.at.getTime() <= keptMs ? last : null
  if (kept && kept.score >= score) return kept
  return { score, at: now }
}

import { clock } from './clock.ts'

it.each([
  [0, '0:00'],
  [65.9, '1:05'],
  [3605, '1:00:05'],
  [Number.NaN, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
  [-1, '0:00'],
])('%p seconds are %s', (seconds, words) => {
  expect(clock(seconds)).toBe(words)
})

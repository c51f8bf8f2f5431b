import { ageOf, nextChange } from './time.ts'

const now = new Date('2026-03-10T12:00:00Z')
const ago = (seconds: number) => ageOf(new Date(now.getTime() - seconds * 1000), now)

describe('the age of a post', () => {
  it.each([
    [0, { unit: 'now' }],
    [-500, { unit: 'now' }],
    [59, { unit: 'second', count: 59 }],
    [60, { unit: 'minute', count: 1 }],
    [3599, { unit: 'minute', count: 59 }],
    [3600, { unit: 'hour', count: 1 }],
    [86_399, { unit: 'hour', count: 23 }],
    [6.9 * 86_400, { unit: 'day', count: 6 }],
    [7 * 86_400, { unit: 'date', withYear: false }],
    [300 * 86_400, { unit: 'date', withYear: true }],
  ])('%p seconds ago', (seconds, age) => {
    expect(ago(seconds)).toEqual(age)
  })

  it('stops being watched once it is a date', () => {
    expect(nextChange({ unit: 'date', withYear: true })).toBeNull()
    expect(nextChange({ unit: 'minute', count: 3 })).toBeLessThanOrEqual(60_000)
  })
})

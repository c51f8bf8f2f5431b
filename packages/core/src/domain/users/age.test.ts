import { ageOf, parseDate } from './age.ts'

it('reads both ways of writing a day', () => {
  expect(parseDate('2000-02-29')?.toISOString()).toBe('2000-02-29T00:00:00.000Z')
  expect(parseDate('29.02.2000')?.toISOString()).toBe('2000-02-29T00:00:00.000Z')
  for (const text of ['2001-02-29', '31.04.2000', '13.13.2000', '', '2000', 'x', '2000-1-32'])
    expect(parseDate(text)).toBeNull()
})

it('counts full years', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  expect(ageOf(new Date('2010-11-24'), now)).toBe(16)
  expect(ageOf(new Date('2010-11-25'), now)).toBe(15)
  expect(ageOf(new Date('2010-12-01'), now)).toBe(15)
})

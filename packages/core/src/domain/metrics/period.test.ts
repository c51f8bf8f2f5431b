import { boundsOf, parseDate, readPeriod } from './period.ts'

const NOW = new Date('2026-05-10T12:00:00Z')

describe('readPeriod', () => {
  it('holds every day from the first to the last, and as many before', () => {
    const period = readPeriod('2026-04-01', '2026-04-03T10:00:00+02:00', NOW)
    expect(period.days).toEqual(['2026-04-01', '2026-04-02', '2026-04-03'])
    expect(period.previousDays).toEqual(['2026-03-29', '2026-03-30', '2026-03-31'])
    expect(boundsOf(period.days)).toEqual([new Date('2026-04-01'), new Date('2026-04-04')])
  })

  it('is the last week when nobody says', () => {
    expect(readPeriod(undefined, '', NOW).days).toEqual([
      '2026-05-03',
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
      '2026-05-07',
      '2026-05-08',
      '2026-05-09',
      '2026-05-10',
    ])
  })

  it('goes back two years at most (SEC-AUTH-21)', () => {
    const { days } = readPeriod('0001-01-01', '2026-05-10', NOW)
    expect(days[0]).toBe('2024-05-10')
    expect(days).toHaveLength(731)
  })

  it('is empty when it ends before it begins', () => {
    expect(readPeriod('2026-05-10', '2026-05-09', NOW)).toMatchObject({ days: [], previousDays: [] })
  })

  it.each(['yesterday', '2026-13-01', '2026-01-01T25:00:00Z', '20260101', '2026', "2026-01-01' or 1"])(
    'refuses %p',
    (text) => {
      expect(() => parseDate(text)).toThrow('Invalid date supplied')
    },
  )

  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T10:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31 10:00:01.5', '2026-01-31T10:00:01.500Z'],
    ['2026-01-31T10:00:00-05:00', '2026-01-31T15:00:00.000Z'],
    ['2026-01-31T10:00:00+0530', '2026-01-31T04:30:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseDate(text).toISOString()).toBe(iso)
  })
})

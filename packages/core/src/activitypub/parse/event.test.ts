import { placeOf, timeOf } from './event.ts'

describe('an event', () => {
  it.each([
    [{ startTime: '2026-12-01T18:00:00Z' }, '2026-12-01 18:00 UTC'],
    [
      { startTime: '2026-12-01T18:00:00+01:00', endTime: '2026-12-01T20:30:00+01:00' },
      '2026-12-01 18:00 – 20:30 UTC+01:00',
    ],
    [
      { startTime: '2026-12-01T18:00:00+00:00', endTime: '2026-12-02T01:00:00+00:00' },
      '2026-12-01 18:00 – 2026-12-02 01:00 UTC',
    ],
    [
      { startTime: '2026-12-01T18:00:00Z', endTime: '2026-12-01T20:00:00+0100' },
      '2026-12-01 18:00 UTC – 2026-12-01 20:00 UTC+01:00',
    ],
    [{ startTime: '2026-12-01T18:00:00.000Z', endTime: '2026-12-01T18:00:00.000Z' }, '2026-12-01 18:00 UTC'],
    [{ startTime: '2026-12-01' }, '2026-12-01'],
    [{ startTime: '2026-12-01', endTime: '2026-12-03' }, '2026-12-01 – 2026-12-03'],
    [{ startTime: '2026-12-01T18:00', endTime: 'later' }, '2026-12-01 18:00 UTC'],
    [{ startTime: '<b>now</b>' }, null],
    [{}, null],
  ])('%j is at %s', (event, time) => expect(timeOf(event)).toBe(time))

  it.each([
    [
      {
        type: 'Place',
        name: 'The Old Mill',
        address: {
          type: 'PostalAddress',
          streetAddress: '1 River Lane',
          postalCode: '12345',
          addressLocality: 'Millbrook',
          addressRegion: null,
          addressCountry: 'Elsewhere',
        },
      },
      'The Old Mill, 1 River Lane, 12345 Millbrook, Elsewhere',
    ],
    [{ type: 'Place', name: 'Town hall', address: 'Market 2' }, 'Town hall, Market 2'],
    [[{ type: 'Place', name: 'Town hall', address: { addressLocality: 'Town hall' } }], 'Town hall'],
    [{ type: 'VirtualLocation', url: 'https://far.example/room' }, null],
    ['  by the\n river ', 'by the river'],
    [undefined, null],
  ])('%j is at %s', (location, place) => expect(placeOf({ location })).toBe(place))
})

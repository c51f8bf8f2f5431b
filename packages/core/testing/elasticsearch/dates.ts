import { illegal, parsing, string } from './refusal.ts'

/** The moment at which a day of the format `yyyy-MM-dd` begins in a time zone, in milliseconds. */
export function beginningOf(day: unknown, timeZone: unknown): bigint {
  const text = string(day, 'range')
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw parsing(`failed to parse date field [${text}] with format [yyyy-MM-dd]`)
  const zone = string(timeZone ?? 'UTC', 'time_zone')
  // Twice, as the first guess may lie on the other side of a change of the clocks.
  return BigInt(at - offsetOf(zone, at - offsetOf(zone, at)))
}

function offsetOf(timeZone: string, at: number): number {
  const options = { timeZone, timeZoneName: 'longOffset' } as const
  let name: string | undefined
  try {
    name = new Intl.DateTimeFormat('en', options)
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value
  } catch {
    throw illegal(`Unknown time-zone ID: ${timeZone}`)
  }
  const [, sign, hours, minutes = '0'] = name?.match(/GMT([+-])(\d\d):(\d\d)/) ?? []
  return hours ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
}

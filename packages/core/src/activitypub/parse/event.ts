import type { Document } from '../vocabulary.ts'
import { documentOf, isDocument, naturalText, stringOf } from './values.ts'

const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(z|[+-]\d\d:?\d\d)?)?$/i
const MAX_PART = 200

interface Moment {
  day: string
  time: string | undefined
  zone: string
}

/**
 * When an event takes place, as its clock shows it there: `2026-12-01 18:00 – 20:00 UTC+01:00`. In figures, since its
 * readers speak any language. Null when it does not say.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-starttime
 */
export function timeOf(event: Document): string | null {
  const start = momentOf(event.startTime)
  if (!start) return null
  const end = momentOf(event.endTime)
  const isSameDay = end !== null && end.day === start.day && end.zone === start.zone
  const until = end && (isSameDay ? end.time : written(end, end.zone !== start.zone))
  const isOver = !until || (isSameDay && end.time === start.time)
  const from = written(start, isOver || (end !== null && end.zone !== start.zone))
  return isOver ? from : [`${from} – ${until}`, end?.zone === start.zone ? start.zone : ''].join(' ').trim()
}

function written({ day, time, zone }: Moment, withZone: boolean): string {
  return [day, time, withZone && time !== undefined ? zone : undefined].filter(Boolean).join(' ')
}

function momentOf(value: unknown): Moment | null {
  const match = DATE_TIME.exec(stringOf(value) ?? '')
  if (!match) return null
  const [, day = '', time, zone] = match
  return { day, time, zone: time === undefined ? '' : zoneName(zone) }
}

function zoneName(zone: string | undefined): string {
  if (zone === undefined || /^(?:z|[+-]00:?00)$/i.test(zone)) return 'UTC'
  return `UTC${zone.slice(0, 3)}:${zone.slice(-2)}`
}

/**
 * Where an event takes place: name of the place and its postal address, as far as they are told. Null when it does not
 * say.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-location
 */
export function placeOf(event: Document): string | null {
  const place = documentOf(event.location)
  if (!place) return part(event.location)
  const { address } = place
  const parts = [
    naturalText(place, 'name'),
    ...(isDocument(address)
      ? [
          address.streetAddress,
          [address.postalCode, address.addressLocality].flatMap((text) => part(text) ?? []).join(' '),
          address.addressCountry,
        ]
      : [address]),
  ].flatMap((text) => part(text) ?? [])
  return parts.length === 0 ? null : [...new Set(parts)].join(', ')
}

function part(value: unknown): string | null {
  const text = stringOf(value)?.replace(/\s+/g, ' ').trim().slice(0, MAX_PART)
  return text || null
}

import type { Status } from '@anancus/core/entities/types'
import type { StatusAct } from '../../api/statuses.ts'

export type Toggle = 'favourite' | 'reblog' | 'bookmark'

const FLAGS = { favourite: 'favourited', reblog: 'reblogged', bookmark: 'bookmarked' } as const
const COUNTS = { favourite: 'favourites_count', reblog: 'reblogs_count' } as const

export function isOn(status: Status, toggle: Toggle): boolean {
  return status[FLAGS[toggle]] ?? false
}

/** The request that turns it over. */
export function actFor(status: Status, toggle: Toggle): StatusAct {
  return isOn(status, toggle) ? `un${toggle}` : toggle
}

/** How a status looks once it is turned over, before the server has said so. */
export function toggled(status: Status, toggle: Toggle): Partial<Status> {
  const on = !isOn(status, toggle)
  if (toggle === 'bookmark') return { bookmarked: on }
  const count = COUNTS[toggle]
  return { [FLAGS[toggle]]: on, [count]: Math.max(0, status[count] + (on ? 1 : -1)) }
}

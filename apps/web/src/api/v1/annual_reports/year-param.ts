import { z } from 'zod'
import { integerParam } from '../../../http/params.ts'

export const yearParams = z.object({ year: integerParam })

const HIGHEST_YEAR = 9999

/** The year in the path; one that is none has no report. */
export function yearOf({ year }: z.output<typeof yearParams>): number {
  return year !== undefined && year > 0 && year <= HIGHEST_YEAR ? year : 0
}

import type { PollParams } from '@anancus/core/domain/statuses'
import { arrayParam, booleanParam, hashParam, stringParam } from '../../../http/params.ts'

export const pollParam = hashParam({
  options: arrayParam(),
  expires_in: stringParam,
  multiple: booleanParam,
  hide_totals: booleanParam,
})

/** The poll a client sent; a hash with nothing known in it is none. */
export function pollOf(poll: ReturnType<typeof pollParam.parse>): PollParams | undefined {
  if (poll === undefined || Object.values(poll).every((value) => value === undefined)) return undefined
  return {
    options: poll.options,
    expiresIn: poll.expires_in,
    multiple: poll.multiple,
    hideTotals: poll.hide_totals,
  }
}

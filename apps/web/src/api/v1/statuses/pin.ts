import { pinStatus } from '@anancus/core/domain/statuses'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#pin */
export const pin = actRoute({
  verb: 'pin',
  scope: 'write:accounts',
  summary: 'Pins a status to the own profile.',
  act: ({ ctx, viewer }, { status }) => pinStatus(ctx, viewer.account, status),
})

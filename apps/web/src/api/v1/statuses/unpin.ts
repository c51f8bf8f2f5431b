import { unpinStatus } from '@anancus/core/domain/statuses'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#unpin */
export const unpin = actRoute({
  verb: 'unpin',
  scope: 'write:accounts',
  summary: 'Takes a status off the own profile.',
  act: ({ ctx, viewer }, { status }) => unpinStatus(ctx, viewer.account, status),
})

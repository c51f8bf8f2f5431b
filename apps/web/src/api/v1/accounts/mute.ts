import { muteAccount } from '@anancus/core/domain/relationships'
import { flagParam, integerParam } from '../../../http/params.ts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#mute */
export const mute = relationshipRoute({
  verb: 'mute',
  scopes: ['write:mutes', 'follow'],
  params: { notifications: flagParam(true), duration: integerParam },
  summary: 'Mutes an account, for a time or for good.',
  act: ({ ctx, viewer, params }, target) =>
    muteAccount(ctx, viewer.account, target, {
      notifications: params.notifications,
      durationSeconds: params.duration,
    }),
})

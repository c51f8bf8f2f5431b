import { writeNote } from '@anancus/core/domain/accounts'
import { stringParam } from '../../../http/params.ts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#note */
export const note = relationshipRoute({
  verb: 'note',
  scopes: ['write:accounts'],
  params: { comment: stringParam },
  summary: 'Writes a note about an account, for oneself.',
  act: ({ ctx, viewer, params }, target) => writeNote(ctx, viewer.account, target, params.comment ?? ''),
})

import { unmarkSensitive } from '@anancus/core/domain/moderation'
import { changeRoute } from './change-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#unsensitive */
export const unsensitive = changeRoute(
  'unsensitive',
  'No longer shows all media of an account as sensitive.',
  unmarkSensitive,
)

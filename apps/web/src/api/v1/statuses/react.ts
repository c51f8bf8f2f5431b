import { reactToStatus } from '@anancus/core/domain/interactions'
import { renderStatus } from '@anancus/core/entities'
import { stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { type UserCall, user, userRoute } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** `emoji` is an emoji, or a custom one: `shortcode` or `shortcode@server`. */
export const reactionParams = statusParams.extend({ emoji: stringParam })

/** Reacts for the caller, and answers with the status after it. */
export async function handleReact(call: UserCall<{ id: string; emoji?: string | undefined }>) {
  const { status } = await statusOf(call)
  await reactToStatus(call.ctx, call.viewer.account, status, call.params.emoji ?? '')
  return ok(await renderStatus(call.ctx, call.viewer, status.id))
}

/** Not of Mastodon: glitch-soc and others have it, and so have apps that know reactions. */
export const react = userRoute({
  method: 'post',
  path: '/api/v1/statuses/:id/react/:emoji',
  auth: user('write:favourites'),
  params: reactionParams,
  lookUp,
  summary: 'Reacts to a status with an emoji, which is a favourite too.',
  answers: 'Status',
  handle: handleReact,
})

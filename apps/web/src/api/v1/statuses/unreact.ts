import { withdrawReaction } from '@anancus/core/domain/interactions'
import { renderStatus } from '@anancus/core/entities'
import { ok } from '../../../http/reply.ts'
import { type UserCall, user, userRoute } from '../../../http/route.ts'
import { reactionParams } from './react.ts'
import { statusOf } from './status-of.ts'

/**
 * Takes a reaction of the caller back, also for who has lost sight of the status meanwhile, but then says nothing of it.
 * One that is not there is none to complain about.
 */
export async function handleUnreact(call: UserCall<{ id: string; emoji?: string | undefined }>) {
  const { ctx, viewer, params } = call
  await withdrawReaction(ctx, viewer.account, params, params.emoji ?? '')
  const { status } = await statusOf(call)
  return ok(await renderStatus(ctx, viewer, status.id))
}

/** Not of Mastodon: glitch-soc and others have it, and so have apps that know reactions. */
export const unreact = userRoute({
  method: 'post',
  path: '/api/v1/statuses/:id/unreact/:emoji',
  auth: user('write:favourites'),
  params: reactionParams,
  summary: 'Takes a reaction to a status back.',
  answers: 'Status',
  handle: handleUnreact,
})

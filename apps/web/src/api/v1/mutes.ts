import { listMutes } from '@anancus/core/domain/relationships'
import { toIso } from '@anancus/core/entities'
import type { MutedAccount } from '@anancus/core/entities/types'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { user, userRoute } from '../../http/route.ts'
import { relationPage } from './relation-page.ts'

/** @see https://docs.joinmastodon.org/methods/mutes/#get */
export const mutes = userRoute({
  method: 'get',
  path: '/api/v1/mutes',
  auth: user('read:mutes', 'follow'),
  params: z.object(windowParams(40, 80)),
  summary: 'Whom the user mutes, and until when.',
  answers: ['MutedAccount'],
  async handle(call) {
    const window = windowOf({ ...call.params, min_id: undefined })
    const entries = await listMutes(call.ctx, call.viewer, window)
    return relationPage(
      call,
      window,
      entries,
      (account, entry): MutedAccount => ({
        ...account,
        mute_expires_at: entry.expires_at && toIso(entry.expires_at),
      }),
    )
  },
})

import { listFavourites } from '@anancus/core/domain/interactions'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { user, userRoute } from '../../http/route.ts'
import { markedPage } from './statuses/marked-page.ts'

/** @see https://docs.joinmastodon.org/methods/favourites/#get */
export const favourites = userRoute({
  method: 'get',
  path: '/api/v1/favourites',
  auth: user('read:favourites'),
  params: z.object(windowParams(20, 40)),
  summary: 'The statuses the user has favourited.',
  answers: ['Status'],
  async handle(call) {
    const window = windowOf(call.params)
    return markedPage(call, window, await listFavourites(call.ctx, call.viewer, window))
  },
})

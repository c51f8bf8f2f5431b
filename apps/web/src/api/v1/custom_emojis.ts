import { readCustomEmojis } from '@anancus/core/domain/instance'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { anyone, route } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/custom_emojis/#get */
export const customEmojis = route({
  method: 'get',
  path: '/api/v1/custom_emojis',
  auth: anyone(),
  cache: 'everyone',
  params: noParams,
  summary: 'The custom emojis of this server.',
  answers: ['CustomEmoji'],
  async handle({ ctx }) {
    return ok(await readCustomEmojis(ctx))
  },
})

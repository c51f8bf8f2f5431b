import { readExtendedDescription } from '@anancus/core/domain/instance'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#extended_description */
export const extendedDescription = route({
  ...instancePart,
  path: '/api/v1/instance/extended_description',
  params: noParams,
  summary: 'What the administrators say about the server, as HTML.',
  answers: 'ExtendedDescription',
  async handle({ ctx }) {
    return ok(await readExtendedDescription(ctx))
  },
})

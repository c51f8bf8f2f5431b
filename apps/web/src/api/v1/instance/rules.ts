import { readRules } from '@anancus/core/domain/instance'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#rules */
export const instanceRules = route({
  ...instancePart,
  path: '/api/v1/instance/rules',
  params: noParams,
  summary: 'The rules of the server.',
  answers: ['Rule'],
  async handle({ ctx }) {
    return ok(await readRules(ctx))
  },
})

import { readLanguages } from '@anancus/core/domain/instance'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/ */
export const instanceLanguages = route({
  ...instancePart,
  path: '/api/v1/instance/languages',
  params: noParams,
  summary: 'Languages a status can have.',
  answers: ['InstanceLanguage'],
  async handle() {
    return ok(readLanguages().map(({ code, name }) => ({ code, name })))
  },
})

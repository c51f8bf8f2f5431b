import { readPrivacyPolicy } from '@anancus/core/domain/instance'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#privacy_policy */
export const privacyPolicy = route({
  ...instancePart,
  path: '/api/v1/instance/privacy_policy',
  params: noParams,
  summary: 'The privacy policy, as HTML.',
  answers: 'PrivacyPolicy',
  async handle({ ctx }) {
    return ok(await readPrivacyPolicy(ctx))
  },
})

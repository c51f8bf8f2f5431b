import { readTerms } from '@anancus/core/domain/instance'
import { z } from 'zod'
import { noParams, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#terms_of_service */
export const termsOfService = route({
  ...instancePart,
  path: '/api/v1/instance/terms_of_service',
  params: noParams,
  summary: 'The terms of service in force, as HTML.',
  answers: 'TermsOfService',
  async handle({ ctx }) {
    return ok(await readTerms(ctx))
  },
})

/** @see https://docs.joinmastodon.org/methods/instance/#terms_of_service_date */
export const termsOfServiceOf = route({
  ...instancePart,
  path: '/api/v1/instance/terms_of_service/:date',
  params: z.object({ date: stringParam }),
  summary: 'The terms of service of a day.',
  answers: 'TermsOfService',
  async handle({ ctx, params }) {
    return ok(await readTerms(ctx, params.date ?? ''))
  },
})

import { createApplication, credentialApplicationJson } from '@anancus/core/domain/oauth'
import { z } from 'zod'
import { required, stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { anyone, route } from '../../http/route.ts'

/** One text or a list of texts. */
const redirectUris = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'string') return value
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
  })
  .meta({ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })

/** @see https://docs.joinmastodon.org/methods/apps/#create */
export const createApp = route({
  method: 'post',
  path: '/api/v1/apps',
  auth: anyone(),
  rateLimit: 'app_registrations',
  isExemptFromLockdown: true,
  params: z.object({
    client_name: required(stringParam),
    redirect_uris: required(redirectUris),
    scopes: stringParam,
    website: stringParam,
  }),
  summary: 'Registers a client application.',
  answers: 'CredentialApplication',
  async handle({ ctx, params }) {
    const app = await createApplication(ctx, {
      name: params.client_name,
      redirectUris: params.redirect_uris,
      scopes: params.scopes,
      website: params.website,
    })
    return ok(credentialApplicationJson(ctx.config, app))
  },
})

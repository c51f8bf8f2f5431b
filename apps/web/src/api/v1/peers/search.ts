import { searchServers as findServers } from '@anancus/core/domain/search'
import { getSetting } from '@anancus/core/domain/settings'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { nothing, ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart, tellsNobody } from '../instance/instance-part.ts'

/** Servers by the beginning of their domain, for a field that completes it. */
export const searchServers = route({
  ...instancePart,
  path: '/api/v1/peers/search',
  params: z.object({ q: stringParam }),
  summary: 'Up to ten known servers whose domain begins so.',
  answers: z.array(z.string()),
  alsoAnswers: { 404: 'nothing' },
  async handle({ ctx, params }) {
    if (tellsNobody(ctx) || !(await getSetting(ctx, 'peers_api_enabled'))) return nothing(404)
    return ok(await findServers(ctx, params.q ?? ''))
  },
})

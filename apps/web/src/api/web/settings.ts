import { saveWebSettings } from '@anancus/core/domain/settings'
import { z } from 'zod'
import { rawHashParam } from '../../http/params.ts'
import { done } from '../../http/reply.ts'
import { userRoute } from '../../http/route.ts'

/** What the bundled client keeps for itself. */
export const saveClientSettings = userRoute({
  method: 'put',
  path: '/api/web/settings',
  auth: { kind: 'session' },
  params: z.object({ data: rawHashParam }),
  summary: "Keeps the web client's own settings.",
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await saveWebSettings(ctx, viewer.user, params.data ?? {})
    return done()
  },
})

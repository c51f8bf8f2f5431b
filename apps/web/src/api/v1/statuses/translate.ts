import { translateStatus } from '@anancus/core/domain/translation'
import { localeOf } from '../../../http/locale.ts'
import { stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#translate */
export const translate = userRoute({
  method: 'post',
  path: '/api/v1/statuses/:id/translate',
  auth: user('read:statuses'),
  params: statusParams.extend({ lang: stringParam }),
  lookUp,
  answers: 'Translation',
  summary: 'A status in another language.',
  async handle(call) {
    const { ctx, viewer, params, req } = call
    const { proper } = await statusOf(call)
    return ok(await translateStatus(ctx, viewer, proper.id, localeOf(ctx, req, params.lang, viewer)))
  },
})

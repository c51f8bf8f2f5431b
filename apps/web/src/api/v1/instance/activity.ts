import { readActivity } from '@anancus/core/domain/instance'
import { getSetting } from '@anancus/core/domain/settings'
import { noParams } from '../../../http/params.ts'
import { nothing, ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart, tellsNobody } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#activity */
export const instanceActivity = route({
  ...instancePart,
  path: '/api/v1/instance/activity',
  params: noParams,
  summary: 'Statuses, logins and registrations of the last twelve weeks.',
  answers: ['InstanceActivity'],
  alsoAnswers: { 404: 'nothing' },
  async handle({ ctx }) {
    if (tellsNobody(ctx) || !(await getSetting(ctx, 'activity_api_enabled'))) return nothing(404)
    return ok(await readActivity(ctx))
  },
})

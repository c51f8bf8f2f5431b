import { getAccount } from '@anancus/core/domain/accounts'
import { fileReport } from '@anancus/core/domain/moderation'
import { renderReport } from '@anancus/core/entities'
import { z } from 'zod'
import { arrayParam, flagParam, idParam, idsParam, required, stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/reports/#post */
export const createReport = userRoute({
  method: 'post',
  path: '/api/v1/reports',
  auth: user('write:reports'),
  params: z.object({
    account_id: required(idParam),
    status_ids: idsParam(),
    collection_ids: idsParam(),
    comment: stringParam,
    forward: flagParam(false),
    forward_to_domains: arrayParam(),
    category: stringParam,
    rule_ids: idsParam(),
  }),
  answers: 'Report',
  rateLimit: 'reports',
  summary: 'Reports an account to the moderators.',
  async handle({ ctx, viewer, token, params }) {
    const target = await getAccount(ctx, viewer, params.account_id)
    const report = await fileReport(ctx, viewer.account, target, {
      statusIds: params.status_ids,
      collectionIds: params.collection_ids,
      comment: params.comment,
      forward: params.forward,
      forwardToDomains: params.forward_to_domains,
      category: params.category,
      ruleIds: params.rule_ids,
      applicationId: token.applicationId,
    })
    return ok(await renderReport(ctx, viewer, report))
  },
})

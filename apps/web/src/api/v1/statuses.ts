import {
  editStatus,
  getOwnStatus,
  listStatuses,
  publishOnce,
  refreshQuoteIfStale,
  removeStatus,
  UnexpectedMentionsError,
} from '@anancus/core/domain/statuses'
import { renderAccounts, renderDeletedStatus, renderStatus, renderStatuses } from '@anancus/core/entities'
import { isId } from '@anancus/core/kernel/ids'
import { z } from 'zod'
import {
  arrayParam,
  booleanParam,
  flagParam,
  idParam,
  recordsParamOf,
  stringParam,
} from '../../http/params.ts'
import { answer, ok, type Reply } from '../../http/reply.ts'
import { optional, route, type UserCall, user, userRoute } from '../../http/route.ts'
import { showOne } from './scheduled_statuses.ts'
import { pollOf, pollParam } from './statuses/poll-param.ts'
import { statusOf, statusParams } from './statuses/status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#index */
export const statuses = route({
  method: 'get',
  path: '/api/v1/statuses',
  auth: optional('read:statuses'),
  params: z.object({ id: arrayParam() }),
  summary: 'Several statuses by their ids.',
  answers: ['Status'],
  async handle({ ctx, viewer, params }) {
    const ids = await listStatuses(ctx, viewer, params.id ?? [])
    return ok(await renderStatuses(ctx, viewer, ids))
  },
})

const contentParams = {
  status: stringParam,
  spoiler_text: stringParam,
  sensitive: booleanParam,
  language: stringParam,
  media_ids: arrayParam(),
  poll: pollParam,
  quote_approval_policy: stringParam,
}

/** @see https://docs.joinmastodon.org/methods/statuses/#create */
export const createStatus = userRoute({
  method: 'post',
  path: '/api/v1/statuses',
  auth: user('write:statuses'),
  params: z.object({
    ...contentParams,
    in_reply_to_id: stringParam,
    visibility: stringParam,
    scheduled_at: stringParam,
    quoted_status_id: stringParam,
    allowed_mentions: arrayParam(),
  }),
  rateLimit: 'statuses',
  summary: 'Publishes a status, or schedules it.',
  answers: 'Status | ScheduledStatus',
  alsoAnswers: { 422: 'UnexpectedAccounts' },
  async handle(call) {
    const { ctx, viewer, token, params, req } = call
    return tellingUnexpected(call, async () => {
      const { status, scheduled, isRepeat } = await publishOnce(
        ctx,
        viewer.account,
        {
          status: params.status,
          mediaIds: params.media_ids,
          poll: pollOf(params.poll),
          inReplyToId: params.in_reply_to_id,
          sensitive: params.sensitive,
          spoilerText: params.spoiler_text,
          visibility: params.visibility,
          language: params.language,
          quotedStatusId: params.quoted_status_id,
          quoteApprovalPolicy: params.quote_approval_policy,
          allowedMentions: params.allowed_mentions,
        },
        {
          user: viewer.user,
          applicationId: token.applicationId,
          scheduledAt: params.scheduled_at,
          idempotencyKey: req.get('Idempotency-Key'),
        },
      )
      const body = scheduled ? await showOne(ctx, scheduled) : await renderStatus(ctx, viewer, status.id)
      return { kind: 'json', status: 200, body, isRepeat }
    })
  },
})

/** The one refusal that carries accounts: whom the status would have reached. */
async function tellingUnexpected(
  { ctx, viewer }: Pick<UserCall<unknown>, 'ctx' | 'viewer'>,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnexpectedMentionsError)) throw error
    const accounts = await renderAccounts(ctx, viewer, error.accountIds)
    return answer(422, { error: error.message, unexpected_accounts: accounts })
  }
}

/** @see https://docs.joinmastodon.org/methods/statuses/#get */
export const showStatus = route({
  method: 'get',
  path: '/api/v1/statuses/:id',
  auth: optional('read:statuses'),
  params: statusParams,
  cache: 'anonymous',
  summary: 'One status.',
  answers: 'Status',
  async handle(call) {
    const { status, proper } = await statusOf(call)
    await refreshQuoteIfStale(call.ctx, proper)
    return ok(await renderStatus(call.ctx, call.viewer, status.id))
  },
})

const mediaChange = z.object({ id: stringParam, description: stringParam, focus: stringParam })

/** @see https://docs.joinmastodon.org/methods/statuses/#edit */
export const updateStatus = userRoute({
  method: 'put',
  path: '/api/v1/statuses/:id',
  auth: user('write:statuses'),
  params: z.object({ id: idParam, ...contentParams, media_attributes: recordsParamOf(mediaChange.shape) }),
  summary: 'Replaces the content of an own status.',
  answers: 'Status',
  async handle({ ctx, viewer, params }) {
    const own = await getOwnStatus(ctx, viewer, params.id)
    const edited = await editStatus(
      ctx,
      viewer.account,
      own,
      {
        status: params.status,
        spoilerText: params.spoiler_text,
        sensitive: params.sensitive,
        language: params.language,
        mediaIds: params.media_ids,
        poll: pollOf(params.poll),
        mediaAttributes: mediaChanges(params.media_attributes),
        quoteApprovalPolicy: params.quote_approval_policy,
      },
      { user: viewer.user },
    )
    return ok(await renderStatus(ctx, viewer, edited.id))
  },
})

function mediaChanges(records: readonly unknown[] | undefined) {
  return (records ?? []).flatMap((record) => {
    const { id, description, focus } = mediaChange.parse(record)
    return isId(id) ? [{ id, description, focus }] : []
  })
}

/** @see https://docs.joinmastodon.org/methods/statuses/#delete */
export const deleteStatus = userRoute({
  method: 'delete',
  path: '/api/v1/statuses/:id',
  auth: user('write:statuses'),
  params: z.object({ id: idParam, delete_media: flagParam(false) }),
  rateLimit: 'deletes',
  summary: 'Deletes an own status and gives back its source.',
  answers: 'Status',
  async handle({ ctx, viewer, params }) {
    const own = await getOwnStatus(ctx, viewer, params.id)
    const body = await renderDeletedStatus(ctx, viewer, own.id)
    const isRemoved = await removeStatus(ctx, own, { keepMedia: !params.delete_media })
    // Counted by the author's own row, which the answer was made before.
    if (isRemoved && body.visibility !== 'direct') body.account.statuses_count -= 1
    return ok(body)
  },
})

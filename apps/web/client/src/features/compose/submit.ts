import type { Status } from '@anancus/core/entities/types'
import { editStatus, publishStatus, type StatusParams } from '../../api/statuses.ts'
import { patchStatus, statuses } from '../../state/entities.ts'
import { arrive } from '../../state/feeds/feeds.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
import { tellThreads } from '../../streaming/thread-watch.ts'
import type { Draft } from './draft.ts'

/** What the server is told. An edit replaces all it names, so it names all. */
export function paramsOf(draft: Draft, request: ComposeRequest): StatusParams {
  const uploaded = draft.media.flatMap((one) => (one.attachment ? [{ ...one, id: one.attachment.id }] : []))
  const params: StatusParams = {
    status: draft.text,
    spoiler_text: draft.isWarned ? draft.warning : '',
    sensitive: draft.isSensitive,
    language: draft.language || undefined,
    media_ids: uploaded.map(({ id }) => id),
  }
  if (request.kind === 'edit') {
    const attached = uploaded.filter((one) => one.isAttached)
    return { ...params, media_attributes: attached.map(({ id, description }) => ({ id, description })) }
  }
  return {
    ...params,
    visibility: draft.visibility,
    in_reply_to_id:
      request.kind === 'reply'
        ? request.statusId
        : request.kind === 'redraft'
          ? (request.status.in_reply_to_id ?? undefined)
          : undefined,
  }
}

/** Sends a draft, and shows the result where it belongs without waiting for the stream. */
export async function submit(draft: Draft, request: ComposeRequest): Promise<Status> {
  const params = paramsOf(draft, request)
  if (request.kind === 'edit') return editStatus(request.status.id, params)
  const known = params.in_reply_to_id ? statuses.get(params.in_reply_to_id) : undefined
  const status = await publishStatus(params, draft.idempotencyKey)
  if (known) patchStatus(known.id, { replies_count: known.replies_count + 1 })
  arrive('home', status.id)
  tellThreads(status)
  return status
}

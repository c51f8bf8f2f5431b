import type { StatusParams } from '../../api/statuses.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
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

import type { StatusParams } from '../../api/statuses.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
import { type Draft, type DraftMedia, isQuotable } from './draft.ts'

/** What the server is told. An edit replaces all it names, so it names all. */
export function paramsOf(draft: Draft, request: ComposeRequest): StatusParams {
  const uploaded = draft.media.flatMap((one) => (one.attachment ? [{ ...one, id: one.attachment.id }] : []))
  const params: StatusParams = {
    status: draft.text,
    spoiler_text: draft.isWarned ? draft.warning : '',
    sensitive: draft.isSensitive,
    language: draft.language || undefined,
    media_ids: uploaded.map(({ id }) => id),
    quote_approval_policy: isQuotable(draft.visibility) ? draft.quotePolicy : undefined,
  }
  if (request.kind === 'edit') {
    const attached = uploaded.filter((one) => one.isAttached)
    return { ...params, media_attributes: attached.map(attributesOf) }
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
    quoted_status_id: quotedIn(request),
  }
}

function attributesOf({
  id,
  description,
  focus,
}: Pick<DraftMedia, 'description' | 'focus'> & { id: string }) {
  return focus ? { id, description, focus: `${focus.x},${focus.y}` } : { id, description }
}

/** The id of what is quoted. */
export function quotedIn(request: ComposeRequest): string | undefined {
  if (request.kind === 'quote') return request.statusId
  if (request.kind !== 'redraft' && request.kind !== 'edit') return undefined
  const { quote } = request.status
  return quote && 'quoted_status' in quote ? quote.quoted_status?.id : undefined
}

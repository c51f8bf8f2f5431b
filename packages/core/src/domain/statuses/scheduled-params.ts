import type { ScheduledParams } from '../../entities/types/index.ts'
import type { StatusParams } from './draft-status.ts'

/** How the parameters of a status are kept until it is published; ids as strings. */
export function keptParams(
  params: StatusParams,
  more: { applicationId: string | null; quoteApprovalPolicy: string },
): ScheduledParams {
  const { poll } = params
  return {
    text: params.status ?? '',
    media_ids: params.mediaIds ? [...params.mediaIds] : null,
    sensitive: params.sensitive ?? null,
    spoiler_text: params.spoilerText ?? null,
    visibility: params.visibility ?? null,
    language: params.language ?? null,
    poll: poll
      ? {
          options: [...(poll.options ?? [])],
          expires_in: poll.expiresIn ?? null,
          multiple: poll.multiple ?? null,
          hide_totals: poll.hideTotals ?? null,
        }
      : null,
    in_reply_to_id: params.inReplyToId || null,
    application_id: more.applicationId,
    idempotency: null,
    scheduled_at: null,
    with_rate_limit: false,
    allowed_mentions: params.allowedMentions ? [...params.allowedMentions] : null,
    quoted_status_id: params.quotedStatusId || null,
    quote_approval_policy: more.quoteApprovalPolicy,
  }
}

/** The parameters as they were sent. */
export function sentParams(kept: ScheduledParams): StatusParams {
  const { poll } = kept
  return {
    status: kept.text,
    mediaIds: kept.media_ids ?? undefined,
    sensitive: kept.sensitive ?? undefined,
    spoilerText: kept.spoiler_text ?? undefined,
    visibility: kept.visibility ?? undefined,
    language: kept.language ?? undefined,
    poll: poll
      ? {
          options: poll.options,
          expiresIn: poll.expires_in ?? undefined,
          multiple: poll.multiple ?? undefined,
          hideTotals: poll.hide_totals ?? undefined,
        }
      : undefined,
    inReplyToId: kept.in_reply_to_id ?? undefined,
    allowedMentions: kept.allowed_mentions ?? undefined,
    quotedStatusId: kept.quoted_status_id ?? undefined,
    quoteApprovalPolicy: kept.quote_approval_policy,
  }
}

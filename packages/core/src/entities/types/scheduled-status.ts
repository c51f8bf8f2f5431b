import type { MediaAttachment } from './media-attachment.ts'

/** What was sent with a status that is to come; absent is null. */
export interface ScheduledParams {
  text: string
  media_ids: string[] | null
  sensitive: boolean | null
  spoiler_text: string | null
  visibility: string | null
  language: string | null
  poll: {
    options: string[]
    expires_in: string | null
    multiple: boolean | null
    hide_totals: boolean | null
  } | null
  /** A number on the wire. */
  in_reply_to_id: string | null
  /** A number on the wire. */
  application_id: string | null
  idempotency: null
  scheduled_at: null
  with_rate_limit: false
  allowed_mentions: string[] | null
  quoted_status_id: string | null
  quote_approval_policy: string
}

/** @see https://docs.joinmastodon.org/entities/ScheduledStatus/ */
export interface ScheduledStatus {
  id: string
  scheduled_at: string
  params: Omit<ScheduledParams, 'in_reply_to_id' | 'application_id'> & {
    in_reply_to_id: number | null
    application_id: number | null
  }
  media_attachments: MediaAttachment[]
}

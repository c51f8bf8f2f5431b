import type {
  Account,
  Context,
  Status,
  StatusEdit,
  StatusSource,
  Visibility,
} from '@anancus/core/entities/types'
import { importAccounts, importStatus, importStatuses } from '../state/entities.ts'
import type { QuotePolicy } from '../state/initial-state.ts'
import type { Cursor } from '../state/feeds/reducer.ts'
import { del, get, post, put, request, requestPage } from './request.ts'

export interface StatusParams {
  status: string
  spoiler_text: string
  sensitive: boolean
  visibility?: Visibility
  language?: string
  in_reply_to_id?: string
  quoted_status_id?: string
  quote_approval_policy?: QuotePolicy
  media_ids: string[]
  media_attributes?: { id: string; description: string; focus?: string }[]
}

async function statusAnswer(answer: Promise<Status>): Promise<Status> {
  const status = await answer
  importStatus(status)
  return status
}

export const fetchStatus = (id: string, signal?: AbortSignal) =>
  statusAnswer(get<Status>(`/api/v1/statuses/${id}`, undefined, signal))

export async function fetchContext(id: string, signal?: AbortSignal) {
  const context = await get<Context>(`/api/v1/statuses/${id}/context`, undefined, signal)
  importStatuses(context.ancestors)
  importStatuses(context.descendants)
  return {
    ancestors: context.ancestors.map((status) => status.id),
    descendants: context.descendants.map((status) => status.id),
  }
}

/** Repeating the key gives the first result again instead of a second post. */
export const publishStatus = (params: StatusParams, idempotencyKey: string) =>
  statusAnswer(
    request<Status>('POST', '/api/v1/statuses', {
      body: params,
      headers: { 'Idempotency-Key': idempotencyKey },
    }),
  )

export const editStatus = (id: string, params: StatusParams) =>
  statusAnswer(put<Status>(`/api/v1/statuses/${id}`, params))

/** Takes back that the own post `id` may be quoted in `quotingId`. */
export const revokeQuote = (id: string, quotingId: string) =>
  statusAnswer(post<Status>(`/api/v1/statuses/${id}/quotes/${quotingId}/revoke`))

/** The answer has the source text instead of the HTML, so it is not taken in. */
export const deleteStatus = (id: string, options: { keepMedia: boolean }) =>
  del<Status>(`/api/v1/statuses/${id}`, { delete_media: !options.keepMedia })

export type StatusAct =
  | 'favourite'
  | 'unfavourite'
  | 'bookmark'
  | 'unbookmark'
  | 'reblog'
  | 'unreblog'
  | 'mute'
  | 'unmute'
  | 'pin'
  | 'unpin'

export const actOnStatus = (id: string, act: StatusAct) =>
  statusAnswer(post<Status>(`/api/v1/statuses/${id}/${act}`))

/** @param name an emoji, or a custom one as the status has it */
export const reactToStatus = (id: string, act: 'react' | 'unreact', name: string) =>
  statusAnswer(post<Status>(`/api/v1/statuses/${id}/${act}/${encodeURIComponent(name)}`))

export const fetchSource = (id: string) => get<StatusSource>(`/api/v1/statuses/${id}/source`)

export const fetchHistory = (id: string, signal?: AbortSignal) =>
  get<StatusEdit[]>(`/api/v1/statuses/${id}/history`, undefined, signal)

export async function fetchInteractors(
  id: string,
  kind: 'reblogged_by' | 'favourited_by',
  cursor: Cursor | null,
) {
  const page = await requestPage<Account>(`/api/v1/statuses/${id}/${kind}`, { query: cursor ?? {} })
  importAccounts(page.items)
  return { ids: page.items.map((account) => account.id), next: page.next }
}

export const votePoll = (id: string, choices: number[]) =>
  post<NonNullable<Status['poll']>>(`/api/v1/polls/${id}/votes`, { choices: choices.map(String) })

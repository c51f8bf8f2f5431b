import type { Status } from '@anancus/core/entities/types'
import { editStatus, publishStatus } from '../../api/statuses.ts'
import { patchStatus, statuses } from '../../state/entities.ts'
import { arrive } from '../../state/feeds/feeds.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
import { tellThreads } from '../../streaming/thread-watch.ts'
import type { Draft } from './draft.ts'
import { paramsOf } from './params.ts'

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

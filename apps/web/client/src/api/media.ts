import type { MediaAttachment } from '@anancus/core/entities/types'
import { ApiError } from './errors.ts'
import { del, get, request } from './request.ts'

export interface MediaChange {
  description: string
  /** −1…1 from the centre, y upwards. */
  focus?: { x: number; y: number }
  /** What stands for a film or a sound. */
  thumbnail?: File
}

const FIRST_ASK_MS = 1_000
const SLOWEST_ASK_MS = 5_000

/** Changes an own upload that no post has yet. */
export function describeMedia(id: string, { description, focus, thumbnail }: MediaChange) {
  const form = new FormData()
  form.append('description', description)
  if (focus) form.append('focus', `${focus.x},${focus.y}`)
  if (thumbnail) form.append('thumbnail', thumbnail)
  return request<MediaAttachment>('PUT', `/api/v1/media/${id}`, { body: form })
}

/** Takes back an own upload that no post has. */
export const deleteMedia = (id: string) => del<object>(`/api/v1/media/${id}`)

/**
 * Waits until an upload is ready: sounds and films are answered before they are. A server that is away for a moment is
 * asked again.
 *
 * @throws ApiError nothing can be made of the file (422), or it is gone (404)
 */
export async function processed(attachment: MediaAttachment, signal: AbortSignal): Promise<MediaAttachment> {
  let current = attachment
  for (let wait = FIRST_ASK_MS; current.url === null; wait = Math.min(wait * 1.5, SLOWEST_ASK_MS)) {
    await sleep(wait, signal)
    current = await ask(current, signal)
  }
  return current
}

async function ask(attachment: MediaAttachment, signal: AbortSignal): Promise<MediaAttachment> {
  try {
    return await get<MediaAttachment>(`/api/v1/media/${attachment.id}`, undefined, signal)
  } catch (error) {
    if (isPassing(error)) return attachment
    throw error
  }
}

/** Whether the same request may go well later: no answer, a server in trouble, too many requests. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new DOMException('The upload was cancelled', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

import type { MediaAttachment } from '@anancus/core/entities/types'
import { accessToken } from '../state/session.ts'
import { ApiError, errorOf } from './errors.ts'

export interface Upload {
  done: Promise<MediaAttachment>
  cancel(): void
}

/**
 * Uploads a file. XMLHttpRequest, because fetch does not tell how much has been sent.
 *
 * @param onProgress is given the part already sent, 0 to 1
 */
export function uploadMedia(file: File, onProgress: (part: number) => void): Upload {
  const xhr = new XMLHttpRequest()
  const done = new Promise<MediaAttachment>((resolve, reject) => {
    xhr.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    xhr.onerror = () => reject(new ApiError(0, ''))
    xhr.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'))
    xhr.onload = () => {
      const answer = parse(xhr.responseText)
      if (xhr.status >= 200 && xhr.status < 300) resolve(answer as MediaAttachment)
      else reject(errorOf(xhr.status, answer, (name) => xhr.getResponseHeader(name)))
    }
  })
  const form = new FormData()
  form.append('file', file)
  xhr.open('POST', '/api/v2/media')
  xhr.setRequestHeader('Accept', 'application/json')
  if (accessToken) xhr.setRequestHeader('Authorization', `Bearer ${accessToken}`)
  xhr.send(form)
  return { done, cancel: () => xhr.abort() }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

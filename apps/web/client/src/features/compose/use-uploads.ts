import type { MediaAttachment } from '@anancus/core/entities/types'
import { useEffect, useRef } from 'react'
import { fetchMedia } from '../../api/statuses.ts'
import { type Upload, uploadMedia } from '../../api/upload.ts'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { announce } from '../../state/toasts.ts'
import type { Draft, DraftMedia } from './draft.ts'

type Patch = (change: (current: Draft) => Partial<Draft>) => void

export interface UploadLimits {
  count: number
  imageBytes: number
}

const ASK_AGAIN_MS = 1_500

/** Sends files while the post is being written. */
export function useUploads(
  draft: Draft,
  patch: Patch,
  limits: UploadLimits,
  onError: (words: string) => void,
) {
  const say = useText()
  const running = useRef(new Map<string, Upload>())
  useEffect(() => {
    const uploads = running.current
    return () => {
      for (const upload of uploads.values()) upload.cancel()
    }
  }, [])

  const change = (key: string, fields: Partial<DraftMedia>) =>
    patch(({ media }) => ({ media: media.map((one) => (one.key === key ? { ...one, ...fields } : one)) }))
  const remove = (key: string) => {
    running.current.get(key)?.cancel()
    patch(({ media }) => ({ media: media.filter((one) => one.key !== key) }))
  }
  const send = async (file: File, key: string) => {
    const upload = uploadMedia(file, (progress) => change(key, { progress }))
    running.current.set(key, upload)
    try {
      change(key, { attachment: await processed(await upload.done), progress: 1 })
      announce(say('upload.done', { name: file.name }))
    } catch (error) {
      remove(key)
      if (!(error instanceof DOMException)) onError(`${file.name}: ${errorWords(say, error)}`)
    } finally {
      running.current.delete(key)
    }
  }
  const add = (files: Iterable<File>) => {
    let room = limits.count - draft.media.length
    for (const file of files) {
      if (room-- <= 0) return onError(say('upload.too_many', { count: limits.count }))
      if (file.type.startsWith('image/') && file.size > limits.imageBytes) {
        onError(say('upload.too_large', { name: file.name, size: Math.floor(limits.imageBytes / 1e6) }))
        continue
      }
      const key = `${Date.now()}-${file.name}-${room}`
      patch(({ media }) => ({
        media: [...media, { key, attachment: null, progress: 0, description: '', isAttached: false }],
      }))
      void send(file, key)
    }
  }
  return { add, remove, change }
}

/** Sound and films are there before they are ready; the server says when they are. */
async function processed(attachment: MediaAttachment): Promise<MediaAttachment> {
  let current = attachment
  while (current.url === null) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
    current = await fetchMedia(current.id)
  }
  return current
}

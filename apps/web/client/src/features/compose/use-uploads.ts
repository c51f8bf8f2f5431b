import { useEffect, useRef } from 'react'
import { deleteMedia, isPassing, processed } from '../../api/media.ts'
import { uploadMedia } from '../../api/upload.ts'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { announce } from '../../state/toasts.ts'
import { type Draft, type DraftMedia, moved } from './draft.ts'
import { refusalOf, type UploadLimits } from './upload-limits.ts'

type Patch = (change: (current: Draft) => Partial<Draft>) => void

interface Sending {
  file: File
  stop: AbortController
}

/** Sends files while the post is being written. */
export function useUploads(
  draft: Draft,
  patch: Patch,
  limits: UploadLimits,
  onError: (words: string) => void,
) {
  const say = useText()
  const sending = useRef(new Map<string, Sending>())
  useEffect(() => {
    const all = sending.current
    return () => {
      for (const { stop } of all.values()) stop.abort()
    }
  }, [])

  const change = (key: string, fields: Partial<DraftMedia>) =>
    patch(({ media }) => ({ media: media.map((one) => (one.key === key ? { ...one, ...fields } : one)) }))
  const drop = (key: string) => {
    sending.current.delete(key)
    patch(({ media }) => ({ media: media.filter((one) => one.key !== key) }))
  }
  const remove = (key: string) => {
    sending.current.get(key)?.stop.abort()
    const one = draft.media.find((found) => found.key === key)
    if (one?.attachment && !one.isAttached) forget(one.attachment.id)
    drop(key)
  }
  const send = async (file: File, key: string) => {
    const stop = new AbortController()
    sending.current.set(key, { file, stop })
    try {
      const attachment = await arrived(file, stop.signal, (progress) => change(key, { progress }))
      sending.current.delete(key)
      change(key, { attachment, progress: 1 })
      announce(say('upload.done', { name: file.name }))
    } catch (error) {
      if (stop.signal.aborted) return
      const words = errorWords(say, error)
      // What may go well the next time keeps its place.
      if (isPassing(error)) return change(key, { failure: words })
      drop(key)
      onError(`${file.name}: ${words}`)
    }
  }
  const retry = (key: string) => {
    const file = sending.current.get(key)?.file
    if (!file) return
    change(key, { failure: undefined, progress: 0 })
    void send(file, key)
  }
  const add = (files: Iterable<File>) => {
    onError('')
    let room = limits.count - draft.media.length
    for (const file of files) {
      const refusal = refusalOf(file, limits)
      if (refusal) {
        onError(say(...refusal))
        continue
      }
      if (room-- <= 0) return onError(say('upload.too_many', { count: limits.count }))
      const key = `${Date.now()}-${file.name}-${room}`
      const one: DraftMedia = {
        key,
        name: file.name,
        attachment: null,
        progress: 0,
        description: '',
        isAttached: false,
      }
      patch(({ media }) => ({ media: [...media, one] }))
      void send(file, key)
    }
  }
  const move = (from: number, to: number) => patch(({ media }) => ({ media: moved(media, from, to) }))
  return { add, remove, change, retry, move }
}

async function arrived(file: File, signal: AbortSignal, onProgress: (part: number) => void) {
  const upload = uploadMedia(file, onProgress)
  signal.addEventListener('abort', upload.cancel, { once: true })
  const attachment = await upload.done
  try {
    return await processed(attachment, signal)
  } catch (error) {
    if (signal.aborted || isPassing(error)) forget(attachment.id)
    throw error
  }
}

/** The server drops in time what no post has; telling it only makes it sooner. */
function forget(id: string): void {
  deleteMedia(id).catch(() => undefined)
}

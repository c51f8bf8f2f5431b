import type { MessageId } from '../../i18n/text.tsx'

export interface UploadLimits {
  /** Files in one post. */
  count: number
  imageBytes: number
  videoBytes: number
  /** The types the server takes; empty when it has not said. */
  types: readonly string[]
}

type Refusal = [words: MessageId, values: Record<string, string | number>]

/** Why there is no sense in sending a file, or null. Where the browser does not know its type the server decides. */
export function refusalOf(
  { name, type, size }: Pick<File, 'name' | 'type' | 'size'>,
  limits: UploadLimits,
): Refusal | null {
  if (type && limits.types.length > 0 && !limits.types.includes(type)) return ['upload.wrong_type', { name }]
  // Moving pictures become films, for which there is more room.
  const isPicture = type.startsWith('image/') && type !== 'image/gif'
  const most = isPicture ? limits.imageBytes : limits.videoBytes
  return size > most ? ['upload.too_large', { name, size: Math.floor(most / 1e6) }] : null
}

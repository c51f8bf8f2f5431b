import type { Document } from '../vocabulary.ts'
import { imageOf } from './image.ts'
import { type OwnMedium, ownMedium } from './own-medium.ts'
import { countOf, httpUri, isDocument, linksOf, listOf, naturalText, stringOf, textOf } from './values.ts'

export const MAX_ATTACHMENTS = 4
const MAX_READ = 100
const MAX_DESCRIPTION = 10_000
const MEDIA_TYPES = ['Document', 'Image', 'Video', 'Audio']

export interface AttachmentDraft {
  url: string
  mediaType: string | null
  description: string | null
  blurhash: string | null
  /** x and y from −1 to 1, as `focalPoint` has them. */
  focus: { x: number; y: number } | null
  width: number | null
  height: number | null
  thumbnailUrl: string | null
  isSensitive: boolean
  /** It is the object itself, and stays so when its server offers another file. */
  isOwn?: boolean
}

/**
 * The media of an object: its attachments with a usable address, the first four. A Video, Audio or Image is itself a
 * medium when it attaches nothing.
 */
export function attachmentsOf(document: Document): AttachmentDraft[] {
  const attached = listOf(document.attachment, MAX_READ)
    .filter(isDocument)
    .filter((item) => item.type === undefined || MEDIA_TYPES.includes(String(item.type)))
    .flatMap((item) => attachmentOf(item) ?? [])
    .slice(0, MAX_ATTACHMENTS)
  if (attached.length > 0) return attached
  const own = ownMedium(document)
  return own ? [itself(document, own)] : []
}

/** An object that is a file has its title for a description. */
function itself(document: Document, own: OwnMedium): AttachmentDraft {
  return {
    ...own,
    mediaType: own.mediaType.slice(0, 100),
    description: textOf(naturalText(document, 'name'), MAX_DESCRIPTION),
    blurhash: blurhashOf(document.blurhash),
    focus: null,
    thumbnailUrl: imageOf(document.icon)?.url ?? null,
    isSensitive: document.sensitive === true,
    isOwn: true,
  }
}

function attachmentOf(item: Document): AttachmentDraft | null {
  const url = linksOf(item.url)[0]?.href ?? httpUri(item.href)
  if (!url) return null
  return {
    url,
    mediaType: stringOf(item.mediaType)?.slice(0, 100) ?? null,
    description: textOf(item.summary, MAX_DESCRIPTION) ?? textOf(item.name, MAX_DESCRIPTION),
    blurhash: blurhashOf(item.blurhash),
    focus: focusOf(item.focalPoint),
    width: countOf(item.width),
    height: countOf(item.height),
    thumbnailUrl: imageOf(item.icon)?.url ?? null,
    isSensitive: item.sensitive === true,
  }
}

const BASE83 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'
const MAX_COMPONENTS = 5

/** A blurhash of known characters, at most five components each way, and of the length that goes with them. */
function blurhashOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length < 6 || value.length > 100) return null
  if (![...value].every((character) => BASE83.includes(character))) return null
  const size = BASE83.indexOf(value[0] as string)
  const x = (size % 9) + 1
  const y = Math.floor(size / 9) + 1
  return x <= MAX_COMPONENTS && y <= MAX_COMPONENTS && value.length === 4 + 2 * x * y ? value : null
}

function focusOf(value: unknown): { x: number; y: number } | null {
  const [x, y] = Array.isArray(value) ? value : []
  const isCoordinate = (number: unknown): number is number =>
    typeof number === 'number' && number >= -1 && number <= 1
  return isCoordinate(x) && isCoordinate(y) ? { x, y } : null
}

import type { Document } from '../vocabulary.ts'
import { countOf, httpUri, isDocument, listOf, stringOf, typesOf } from './values.ts'

const KINDS: Record<string, RegExp> = {
  Video: /^video\/(?:mp4|webm)\b/i,
  Audio: /^audio\//i,
  Image: /^image\//i,
}
const MAX_LINKS = 50
const MAX_PARTS = 200
/** 1080p, and what a film of ours may weigh: nobody's phone is asked to load more. */
const MAX_HEIGHT = 1080
const MAX_BYTES = 99 * 1024 * 1024

/** The file that an object is. */
export interface OwnMedium {
  url: string
  mediaType: string
  width: number | null
  height: number | null
}

interface Candidate extends OwnMedium {
  bytes: number | null
}

/**
 * The file of a Video, Audio or Image among its links: the best that is not too large. PeerTube has the films of a
 * stream among the tags of its link. Null for other types, while a film is being broadcast, and when every file is
 * too large: its page remains.
 *
 * @see https://docs.joinpeertube.org/api/activitypub#videos
 */
export function ownMedium(document: Document): OwnMedium | null {
  const kind = typesOf(document).flatMap((type) => (Object.hasOwn(KINDS, type) ? KINDS[type] : []))[0]
  if (!kind || document.isLiveBroadcast === true) return null
  const [best] = filesOf(document)
    .filter(({ mediaType, bytes, height }) => {
      return kind.test(mediaType) && (bytes ?? 0) <= MAX_BYTES && (height ?? 0) <= MAX_HEIGHT
    })
    .sort((one, other) => (other.height ?? 0) - (one.height ?? 0))
  if (!best) return null
  const { bytes: _, ...medium } = best
  return medium
}

function filesOf(document: Document): Candidate[] {
  const links = listOf(document.url, MAX_LINKS)
  const parts = links.filter(isDocument).flatMap((link) => listOf(link.tag, MAX_PARTS))
  const own = links.filter((link) => typeof link === 'string').map((href) => ({ ...document, href }))
  return [...links, ...parts, ...own].filter(isDocument).filter(isWhole).flatMap(fileOf)
}

function fileOf(link: Document): Candidate[] {
  const url = httpUri(link.href)
  const mediaType = stringOf(link.mediaType) ?? stringOf(link.mimeType)
  if (url === null || mediaType === null) return []
  const { width, height, size } = link
  return [{ url, mediaType, width: countOf(width), height: countOf(height), bytes: countOf(size) }]
}

/** PeerTube tells what is in a file; where picture and sound are kept apart, neither is the film. */
function isWhole(link: Document): boolean {
  const streams = listOf(link.attachment, MAX_LINKS)
    .filter(isDocument)
    .filter((item) => item.name === 'ffprobe_codec_type')
    .map((item) => item.value)
  return streams.length === 0 || (streams.includes('audio') && streams.includes('video'))
}

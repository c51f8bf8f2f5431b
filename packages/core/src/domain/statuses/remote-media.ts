import { MEDIA_TYPES, type StoredMediaType, stored } from '@anancus/db'
import type { RemoteMedia } from '@anancus/db/queries/remote-statuses'
import type { AttachmentDraft } from '../../activitypub/parse/attachment.ts'

const EXTENSIONS: Record<string, StoredMediaType> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  avif: 'image',
  heic: 'image',
  mp4: 'video',
  webm: 'video',
  mov: 'video',
  m4v: 'video',
  mp3: 'audio',
  ogg: 'audio',
  oga: 'audio',
  wav: 'audio',
  flac: 'audio',
  opus: 'audio',
  m4a: 'audio',
  aac: 'audio',
}

/** The row of an attachment whose file lies elsewhere. */
export function remoteMediaRow(draft: AttachmentDraft): RemoteMedia {
  return {
    remote_url: draft.url,
    thumbnail_remote_url: draft.thumbnailUrl,
    type: stored(MEDIA_TYPES, mediaTypeOf(draft)),
    description: draft.description,
    blurhash: draft.blurhash,
    file_content_type: null,
    file_meta: metaOf(draft),
  }
}

function mediaTypeOf(draft: AttachmentDraft): StoredMediaType {
  const [kind] = draft.mediaType?.toLowerCase().split('/') ?? []
  if (kind === 'image' || kind === 'video' || kind === 'audio') return kind
  const extension = /\.([a-z0-9]{2,5})$/i.exec(URL.parse(draft.url)?.pathname ?? '')?.[1]?.toLowerCase()
  return (extension && EXTENSIONS[extension]) || 'unknown'
}

function metaOf(draft: AttachmentDraft): object | null {
  const { width, height, focus } = draft
  const original =
    width && height ? { original: { width, height, size: `${width}x${height}`, aspect: width / height } } : {}
  const meta = { ...original, ...(focus ? { focus } : {}) }
  return Object.keys(meta).length > 0 ? meta : null
}

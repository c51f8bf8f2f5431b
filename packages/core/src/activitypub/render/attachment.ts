import type { MediaAttachmentRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import { mediaKey, mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import type { Document } from '../vocabulary.ts'

interface Meta {
  original?: { width?: number; height?: number; duration?: number }
  focus?: { x: number; y: number }
}

/**
 * An upload as a Document. What is not known is left out: some servers drop a whole status over an empty blurhash or a
 * width of zero.
 */
export function attachmentJson(house: Pick<Graph, 'fileUrl'>, media: MediaAttachmentRow): Document | null {
  const key = mediaKey(media, 'original')
  if (key === null) return null
  const meta = (media.file_meta ?? {}) as Meta
  const { width, height, duration } = meta.original ?? {}
  const thumbnail = mediaThumbnailKey(media)
  return {
    type: 'Document',
    mediaType: media.file_content_type,
    url: house.fileUrl(key),
    name: media.description || null,
    ...(media.blurhash ? { blurhash: media.blurhash } : {}),
    ...(meta.focus ? { focalPoint: [meta.focus.x, meta.focus.y] } : {}),
    ...(width && height ? { width, height } : {}),
    ...(duration ? { duration: `PT${duration}S` } : {}),
    ...(thumbnail === null
      ? {}
      : {
          icon: {
            type: 'Image',
            mediaType: media.thumbnail_content_type,
            url: house.fileUrl(thumbnail),
          },
        }),
  }
}

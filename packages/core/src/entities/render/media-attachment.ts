import { MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import { mediaKey, mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import type { MediaAttachment, MediaMeta } from '../types/index.ts'

const COMPLETE = stored(PROCESSING_STATES, 'complete')
type House = Pick<Graph, 'fileUrl' | 'uris'>

/**
 * A remote file that is not in our store yet is reached through the media proxy, which fetches it.
 *
 * @see https://docs.joinmastodon.org/entities/MediaAttachment/
 */
export function mediaAttachmentJson(house: House, media: MediaAttachmentRow): MediaAttachment {
  return {
    id: media.id,
    type: named(MEDIA_TYPES, media.type),
    url: fileUrl(house, media),
    preview_url: previewUrl(house, media),
    remote_url: media.remote_url || null,
    preview_remote_url: media.thumbnail_remote_url || null,
    text_url:
      media.remote_url === '' && media.shortcode ? `${house.uris.baseUrl}/media/${media.shortcode}` : null,
    meta: media.file_meta as MediaMeta | null,
    description: media.description,
    blurhash: media.blurhash,
  }
}

function isFetchable(media: MediaAttachmentRow): boolean {
  return media.file_file_name === null && media.remote_url !== ''
}

function fileUrl(house: House, media: MediaAttachmentRow): string | null {
  if (media.processing !== null && media.processing !== COMPLETE) return null
  if (isFetchable(media)) return proxyUrl(house, media, 'original')
  const key = mediaKey(media, 'original')
  return key === null ? null : house.fileUrl(key)
}

function previewUrl(house: House, media: MediaAttachmentRow): string | null {
  if (isFetchable(media)) return proxyUrl(house, media, 'small')
  const key = mediaThumbnailKey(media) ?? mediaKey(media, 'small')
  return key === null ? null : house.fileUrl(key)
}

function proxyUrl(house: House, media: MediaAttachmentRow, style: 'original' | 'small'): string {
  return `${house.uris.baseUrl}/media_proxy/${media.id}/${style}`
}

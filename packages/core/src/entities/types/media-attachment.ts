export interface ImageMeta {
  width: number
  height: number
  /** "640x480" */
  size: string
  aspect: number
}

export interface MediaMeta {
  /** −1…1 from the centre, y upwards. */
  focus?: { x: number; y: number }
  original?: Partial<ImageMeta> & { frame_rate?: string; duration?: number; bitrate?: number }
  small?: Partial<ImageMeta>
  colors?: { background: string; foreground: string; accent: string }
}

/** @see https://docs.joinmastodon.org/entities/MediaAttachment/ */
export interface MediaAttachment {
  id: string
  type: 'image' | 'gifv' | 'video' | 'audio' | 'unknown'
  /** Null while it is being processed. */
  url: string | null
  preview_url: string | null
  remote_url: string | null
  preview_remote_url: string | null
  text_url: string | null
  meta: MediaMeta | null
  description: string | null
  blurhash: string | null
}

import { stat } from 'node:fs/promises'
import { ValidationError } from '../../kernel/errors.ts'
import { ffprobe, hasFfmpeg, isCodecAllowed } from '../../kernel/ffmpeg.ts'
import { ProgramError } from '../../kernel/limited-program.ts'
import { unverified } from './identify.ts'
import { FFMPEG_LIMITS, MAX_FRAME_RATE, MAX_VIDEO_BYTES, MAX_VIDEO_PIXELS } from './limits.ts'

/** The one container each type is opened as, by what its first bytes say. Playlists are not among them. */
const DEMUXERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/x-m4v': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'audio/mp4': 'mov',
  'audio/x-m4a': 'mov',
  'video/webm': 'matroska',
  'audio/webm': 'matroska',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'application/ogg': 'ogg',
  'audio/opus': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/flac': 'flac',
  'audio/x-flac': 'flac',
  'audio/wav': 'wav',
  'audio/vnd.wave': 'wav',
  'audio/x-wav': 'wav',
  'audio/aac': 'aac',
  'video/x-ms-asf': 'asf',
  'audio/x-ms-asf': 'asf',
  'image/gif': 'gif',
}

/** A film or a sound whose streams are known and within limits. */
export interface IdentifiedFilm {
  path: string
  demuxer: string
  kind: 'video' | 'audio'
  contentType: string
  extension: string
  bytes: number
  video: { codec: string; pixelFormat: string; width: number; height: number; frameRate: string } | null
  audio: { codec: string } | null
  /** The stream that is a picture of the whole, as sounds carry their cover. */
  cover?: number | null
}

interface Probe {
  streams?: {
    index?: number
    codec_type?: string
    codec_name?: string
    pix_fmt?: string
    width?: number
    height?: number
    r_frame_rate?: string
    avg_frame_rate?: string
    disposition?: { attached_pic?: number }
  }[]
  format?: { duration?: string; bit_rate?: string }
}

/**
 * Looks into a film or a sound, by its content alone; null for what is neither, which may be a picture.
 *
 * @throws ValidationError too large, unreadable, beyond the limits, or nothing here can read it
 */
export async function identifyFilm(path: string): Promise<IdentifiedFilm | null> {
  const { fileTypeFromFile } = await import('file-type')
  const found = await fileTypeFromFile(path)
  const contentType = found?.mime.split(';')[0] ?? ''
  const demuxer = DEMUXERS[contentType]
  if (!found || !demuxer || contentType === 'image/gif') return null
  if (!(await hasFfmpeg())) throw new ValidationError('Films and sounds are not supported by this server')
  const { size } = await stat(path)
  if (size > MAX_VIDEO_BYTES)
    throw ValidationError.failed(`File must be less than ${MAX_VIDEO_BYTES / (1024 * 1024)} MB`)
  const { video, audio, cover } = streamsOf(await probe(path, demuxer))
  if (!video && !audio) throw unverified()
  if (!video && contentType.startsWith('video/') && demuxer === 'mov' && !audio)
    throw new ValidationError('Video has no video stream')
  for (const { codec } of [video, audio].filter((one) => one !== null))
    if (!isCodecAllowed(codec)) throw unverified()
  refuseHuge(video)
  const kind = video ? 'video' : 'audio'
  return { path, demuxer, kind, contentType, extension: found.ext, bytes: size, video, audio, cover }
}

/** @throws ValidationError it is not what its first bytes said */
export async function probe(path: string, demuxer: string): Promise<Probe> {
  try {
    return (await ffprobe(path, demuxer, FFMPEG_LIMITS)) as Probe
  } catch (error) {
    throw error instanceof ProgramError ? Object.assign(unverified(), { cause: error }) : error
  }
}

/** The first film and the first sound; a cover is no film. */
export function streamsOf({
  streams = [],
}: Probe): Required<Pick<IdentifiedFilm, 'video' | 'audio' | 'cover'>> {
  const moving = streams.find((one) => one.codec_type === 'video' && !one.disposition?.attached_pic)
  const sound = streams.find((one) => one.codec_type === 'audio')
  const video =
    moving?.width && moving.height
      ? {
          codec: moving.codec_name ?? '',
          pixelFormat: moving.pix_fmt ?? '',
          width: moving.width,
          height: moving.height,
          frameRate:
            frameRateOf(moving.avg_frame_rate) > 0
              ? (moving.avg_frame_rate ?? '')
              : (moving.r_frame_rate ?? ''),
        }
      : null
  const cover = streams.find((one) => one.disposition?.attached_pic)?.index ?? null
  return { video, audio: sound ? { codec: sound.codec_name ?? '' } : null, cover }
}

function frameRateOf(fraction = '0/1'): number {
  const [above = 0, below = 1] = fraction.split('/').map(Number)
  return below === 0 ? 0 : above / below
}

function refuseHuge(video: IdentifiedFilm['video']): void {
  if (!video) return
  const { width, height } = video
  if (width * height > MAX_VIDEO_PIXELS)
    throw new ValidationError(`${width}x${height} videos are not supported`)
  const rate = Math.floor(frameRateOf(video.frameRate))
  if (rate > MAX_FRAME_RATE) throw new ValidationError(`${rate}fps videos are not supported`)
}

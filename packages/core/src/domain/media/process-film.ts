import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { MediaMeta } from '../../entities/types/index.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { ffmpeg, inputOf } from '../../kernel/ffmpeg.ts'
import { ProgramError } from '../../kernel/limited-program.ts'
import { type IdentifiedFilm, probe, streamsOf } from './identify-film.ts'
import { FFMPEG_LIMITS, MAX_VIDEO_FRAMES } from './limits.ts'
import { blurhashOf, sizeMeta } from './process-image.ts'

/** One at a time in a process: each takes all cores it is given. */
const limit = pLimit(1)

export interface ProcessedFilm {
  type: 'video' | 'gifv' | 'audio'
  /** Lies in a folder that goes when the work on it is done. */
  path: string
  bytes: number
  preview: Buffer | null
  contentType: string
  extension: string
  blurhash: string | null
  meta: MediaMeta
  /** The picture a sound came with, as it came, beside `path`. */
  coverPath: string | null
}

/** Even sides, which the encoder asks for. */
const EVEN = 'crop=floor(iw/2)*2:floor(ih/2)*2'
const PREVIEW = "scale='min(640,iw)':'min(360,ih)':force_original_aspect_ratio=decrease"
const BARE = ['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn']
const FIRST_STREAMS = ['-map', '0:v:0', '-map', '0:a:0?']
const BITS_PER_PIXEL = 0.11
const RATE_FRAMES = 30

/**
 * Makes what is stored of a film, a sound or a moving GIF, without the words and places it came with: H.264 and AAC in
 * MP4, copied where the streams are that already, or MP3. A film without sound is a moving picture (`gifv`).
 *
 * @param work gets the result; its files are removed when it is done
 * @throws ValidationError ffmpeg could make nothing of it, or not within its limits
 */
export async function processFilm<T>(
  film: IdentifiedFilm,
  work: (made: ProcessedFilm) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'anancus-media-'))
  try {
    const made = await limit(() =>
      converting(() => (film.kind === 'audio' ? sound(film, folder) : moving(film, folder))),
    )
    return await work(made)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sound(film: IdentifiedFilm, folder: string): Promise<ProcessedFilm> {
  const path = join(folder, 'out.mp3')
  const how = film.audio?.codec === 'mp3' ? ['-c:a', 'copy'] : ['-c:a', 'libmp3lame', '-q:a', '2']
  await ffmpeg(
    [...inputOf(film.path, film.demuxer), '-map', '0:a:0', '-vn', ...how, ...BARE, '-f', 'mp3', path],
    FFMPEG_LIMITS,
  )
  const { format } = await probe(path, 'mp3')
  return {
    type: 'audio',
    path,
    bytes: (await stat(path)).size,
    preview: null,
    contentType: 'audio/mpeg',
    extension: 'mp3',
    blurhash: null,
    coverPath: await cover(film, folder),
    meta: { original: { duration: Number(format?.duration ?? 0), bitrate: Number(format?.bit_rate ?? 0) } },
  }
}

/** Taken out unopened: what it is, is found out as for any picture somebody sends. A sound is good without one. */
async function cover(film: IdentifiedFilm, folder: string): Promise<string | null> {
  if (typeof film.cover !== 'number') return null
  const path = join(folder, 'cover')
  const output = ['-c', 'copy', '-frames:v', '1', '-f', 'image2', '-update', '1', path]
  try {
    await ffmpeg([...inputOf(film.path, film.demuxer), '-map', `0:${film.cover}`, ...output], FFMPEG_LIMITS)
    return path
  } catch (error) {
    if (error instanceof ProgramError) return null
    throw error
  }
}

async function moving(film: IdentifiedFilm, folder: string): Promise<ProcessedFilm> {
  const path = join(folder, 'out.mp4')
  const how = isFit(film) ? ['-c', 'copy'] : encoding(film)
  const input = [...inputOf(film.path, film.demuxer), ...FIRST_STREAMS]
  await ffmpeg([...input, ...how, ...BARE, '-movflags', '+faststart', '-f', 'mp4', path], FFMPEG_LIMITS)
  const found = await probe(path, 'mov')
  const { video } = streamsOf(found)
  if (!video) throw new ValidationError('Video has no video stream')
  const { preview, blurhash, small } = await still(path, folder)
  const { width, height, frameRate } = video
  const { duration, bit_rate } = found.format ?? {}
  const original = {
    width,
    height,
    frame_rate: frameRate,
    duration: Number(duration ?? 0),
    bitrate: Number(bit_rate ?? 0),
  }
  return {
    type: film.audio ? 'video' : 'gifv',
    path,
    bytes: (await stat(path)).size,
    preview,
    contentType: 'video/mp4',
    extension: 'mp4',
    blurhash,
    coverPath: null,
    meta: { original, small },
  }
}

/** What every browser plays is only put into a new container. */
function isFit({ video, audio }: IdentifiedFilm): boolean {
  return (
    video?.codec === 'h264' &&
    /^yuvj?420p$/.test(video.pixelFormat) &&
    (audio === null || audio.codec === 'aac')
  )
}

function encoding({ video }: IdentifiedFilm): string[] {
  const rate = Math.ceil((video?.width ?? 0) * (video?.height ?? 0) * RATE_FRAMES * BITS_PER_PIXEL)
  const bounds = ['-crf', '23', '-maxrate', String(rate), '-bufsize', String(rate * 5)]
  const picture = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-vf', EVEN, ...bounds]
  return [...picture, '-frames:v', String(MAX_VIDEO_FRAMES), '-c:a', 'aac', '-b:a', '192k', '-threads', '2']
}

async function still(path: string, folder: string) {
  const png = join(folder, 'still.png')
  await ffmpeg(
    [
      ...inputOf(path, 'mov'),
      '-frames:v',
      '1',
      '-vf',
      PREVIEW,
      '-c:v',
      'png',
      '-f',
      'image2',
      '-update',
      '1',
      png,
    ],
    FFMPEG_LIMITS,
  )
  const { default: sharp } = await import('sharp')
  const preview = await readFile(png)
  const { width, height } = await sharp(preview).metadata()
  return { preview, small: sizeMeta(width, height), blurhash: await blurhashOf(sharp(preview)) }
}

async function converting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error
    throw Object.assign(new ValidationError('Error processing thumbnail for uploaded media'), {
      cause: error,
    })
  }
}

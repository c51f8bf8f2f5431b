import { randomBytes } from 'node:crypto'
import { type AccountRow, MEDIA_TYPES, type MediaAttachmentRow, PROCESSING_STATES, stored } from '@anancus/db'
import { insertMedia, type NewMedia, nextMediaId } from '@anancus/db/queries/media-attachments'
import { processMediaJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { hasFfmpeg } from '../../kernel/ffmpeg.ts'
import { transaction } from '../../kernel/transaction.ts'
import { checkDescription, parseFocus, storedDescription } from './describe.ts'
import { readHeader } from './decoder.ts'
import { identifyImage } from './identify.ts'
import { type IdentifiedFilm, identifyFilm } from './identify-film.ts'
import { type ProcessedFilm, processFilm } from './process-film.ts'
import { processImage } from './process-image.ts'
import { storeFilm } from './store-film.ts'
import { deleteMediaFiles, storeImage } from './store-image.ts'
import { deleteThumbnail, storeCover, storeThumbnail, type Thumbnail } from './thumbnail.ts'

/** A file somebody sent, lying in a temporary place of its sender's. */
export interface Upload {
  path: string
  filename: string
  /** What the sender claims. Never trusted. */
  contentType: string
  bytes: number
}

const IMAGE = stored(MEDIA_TYPES, 'image')
const QUEUED = stored(PROCESSING_STATES, 'queued')
const COMPLETE = stored(PROCESSING_STATES, 'complete')
const SHORTCODE_BYTES = 14

export interface UploadOptions {
  description?: string | undefined
  focus?: string | undefined
  /** A picture that stands for a film or a sound. With a picture it is not looked at. */
  thumbnail?: Pick<Upload, 'path'> | undefined
  /** Leaves the work on films and sounds to a job: the row is `queued` when this returns. */
  isLater?: boolean
}

/** What differs from kind to kind; the rest of a row is the same for all. */
type Kept = Pick<NewMedia, 'id' | 'type' | 'processing' | 'blurhash' | 'meta' | 'file' | 'thumbnail'>

/**
 * Takes an upload: checked by its content, written anew, stored. Pictures, and moving GIFs, which become films, are
 * complete when this returns; films and sounds as `isLater` says. The temporary file is left to the caller. Two
 * statements.
 *
 * @throws ValidationError not a file we take, too large, not decodable, or too long a description
 * @see https://docs.joinmastodon.org/methods/media/#v2
 */
export async function uploadMedia(
  ctx: Ctx,
  account: AccountRow,
  { path }: Upload,
  options: UploadOptions = {},
): Promise<MediaAttachmentRow> {
  checkDescription(options.description)
  const insert = (kept: Kept) => insertUpload(ctx, account, kept, options)
  const film = await identifyFilm(path)
  const thumbnail = options.thumbnail?.path
  if (film && options.isLater) return insert(await keepForLater(ctx, film, thumbnail))
  if (film) return processFilm(film, async (made) => insert(await keepFilm(ctx, made, thumbnail)))
  const image = await identifyImage(ctx, path)
  if (image.type === 'image/gif' && (await hasFfmpeg())) {
    const header = await readHeader(image)
    if (header.frames > 1)
      return processFilm(movingGif(path, header), async (made) =>
        insert(await keepFilm(ctx, made, thumbnail)),
      )
  }
  const made = await processImage(image)
  const place = await newPlace(ctx, IMAGE)
  const file = await storeImage(ctx, place, made)
  return insert({
    id: place.id,
    type: IMAGE,
    processing: COMPLETE,
    blurhash: made.blurhash,
    meta: made.meta,
    file,
    thumbnail: null,
  })
}

function movingGif(path: string, { width, height }: { width: number; height: number }): IdentifiedFilm {
  const video = { codec: 'gif', pixelFormat: '', width, height, frameRate: '' }
  const contentType = 'image/gif'
  return { path, demuxer: 'gif', kind: 'video', contentType, extension: 'gif', bytes: 0, video, audio: null }
}

async function keepFilm(ctx: Ctx, made: ProcessedFilm, thumbnailPath?: string): Promise<Kept> {
  const place = await newPlace(ctx, stored(MEDIA_TYPES, made.type))
  const thumbnail = thumbnailPath
    ? await storeThumbnail(ctx, place, thumbnailPath)
    : made.coverPath && (await storeCover(ctx, place, made.coverPath))
  return withThumbnail(ctx, place, thumbnail || null, async () => {
    const file = await storeFilm(ctx, place, made)
    const { blurhash, meta } = made
    return { id: place.id, type: place.type, processing: COMPLETE, blurhash, meta, file, thumbnail: null }
  })
}

/** Stores what was sent as it is, under a name nobody is told, until the job made something of it. */
async function keepForLater(ctx: Ctx, film: IdentifiedFilm, thumbnailPath?: string): Promise<Kept> {
  const place = await newPlace(ctx, stored(MEDIA_TYPES, film.kind))
  const thumbnail = thumbnailPath ? await storeThumbnail(ctx, place, thumbnailPath) : null
  return withThumbnail(ctx, place, thumbnail, async () => {
    const file = await storeFilm(ctx, place, { ...film, isPublic: false })
    const { id, type } = place
    return { id, type, processing: QUEUED, blurhash: null, meta: {}, file, thumbnail: null }
  })
}

/** Says of what was kept that it has a thumbnail, which goes again where nothing could be kept. */
async function withThumbnail(
  ctx: Ctx,
  place: { id: string; remote_url: string },
  thumbnail: Thumbnail | null,
  keep: () => Promise<Kept>,
): Promise<Kept> {
  if (!thumbnail) return keep()
  try {
    const kept = await keep()
    const { file, blurhash, meta } = thumbnail
    return { ...kept, blurhash, meta: { ...kept.meta, ...meta }, thumbnail: file }
  } catch (error) {
    await deleteThumbnail(ctx, place, thumbnail.file.name)
    throw error
  }
}

async function newPlace(ctx: Ctx, type: number) {
  return { id: await nextMediaId(ctx.db), type, remote_url: '', file_storage_schema_version: 1 }
}

async function insertUpload(
  ctx: Ctx,
  account: AccountRow,
  kept: Kept,
  options: UploadOptions,
): Promise<MediaAttachmentRow> {
  const focus = parseFocus(options.focus)
  const row = {
    ...kept,
    accountId: account.id,
    shortcode: randomBytes(SHORTCODE_BYTES).toString('base64url'),
    description: storedDescription(options.description),
    meta: { ...(focus ? { focus } : {}), ...kept.meta },
  }
  try {
    if (kept.processing === COMPLETE) return await insertMedia(ctx.db, row)
    return await transaction(ctx, async (tx) => {
      const media = await insertMedia(tx.db, row)
      await enqueue(tx, processMediaJob, { mediaAttachmentId: media.id })
      return media
    })
  } catch (error) {
    await deleteMediaFiles(ctx, [rowOfFiles(kept)])
    throw error
  }
}

/** As much of a row as its files are found by. */
function rowOfFiles({ id, type, file, thumbnail }: Kept): MediaAttachmentRow {
  const files = {
    file_file_name: file.name,
    file_storage_schema_version: 1,
    thumbnail_file_name: thumbnail?.name ?? null,
  }
  return {
    id,
    type,
    remote_url: '',
    thumbnail_storage_schema_version: 1,
    ...files,
  } as unknown as MediaAttachmentRow
}

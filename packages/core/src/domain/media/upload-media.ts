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
import { processFilm } from './process-film.ts'
import { processImage } from './process-image.ts'
import { storeFilm } from './store-film.ts'
import { deleteMediaFiles, storeImage } from './store-image.ts'

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
  /** Leaves the work on films and sounds to a job: the row is `queued` when this returns. */
  isLater?: boolean
}

/** What differs from kind to kind; the rest of a row is the same for all. */
type Kept = Pick<NewMedia, 'id' | 'type' | 'processing' | 'blurhash' | 'meta' | 'file'>

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
  if (film && options.isLater) return insert(await keepForLater(ctx, film))
  if (film) return processFilm(film, async (made) => insert(await keepFilm(ctx, made)))
  const image = await identifyImage(ctx, path)
  if (image.type === 'image/gif' && (await hasFfmpeg())) {
    const header = await readHeader(image)
    if (header.frames > 1)
      return processFilm(movingGif(path, header), async (made) => insert(await keepFilm(ctx, made)))
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
  })
}

function movingGif(path: string, { width, height }: { width: number; height: number }): IdentifiedFilm {
  const video = { codec: 'gif', pixelFormat: '', width, height, frameRate: '' }
  const contentType = 'image/gif'
  return { path, demuxer: 'gif', kind: 'video', contentType, extension: 'gif', bytes: 0, video, audio: null }
}

async function keepFilm(ctx: Ctx, made: Parameters<Parameters<typeof processFilm>[1]>[0]): Promise<Kept> {
  const place = await newPlace(ctx, stored(MEDIA_TYPES, made.type))
  const file = await storeFilm(ctx, place, made)
  const { blurhash, meta } = made
  return { id: place.id, type: place.type, processing: COMPLETE, blurhash, meta, file }
}

/** Stores what was sent as it is, under a name nobody is told, until the job made something of it. */
async function keepForLater(ctx: Ctx, film: IdentifiedFilm): Promise<Kept> {
  const place = await newPlace(ctx, stored(MEDIA_TYPES, film.kind))
  const file = await storeFilm(ctx, place, film)
  return { id: place.id, type: place.type, processing: QUEUED, blurhash: null, meta: {}, file }
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
function rowOfFiles({ id, type, file }: Kept): MediaAttachmentRow {
  const files = { file_file_name: file.name, file_storage_schema_version: 1, thumbnail_file_name: null }
  return {
    id,
    type,
    remote_url: '',
    thumbnail_storage_schema_version: null,
    ...files,
  } as unknown as MediaAttachmentRow
}

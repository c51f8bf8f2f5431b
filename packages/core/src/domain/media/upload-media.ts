import { randomBytes } from 'node:crypto'
import { type AccountRow, MEDIA_TYPES, type MediaAttachmentRow, PROCESSING_STATES, stored } from '@anancus/db'
import { insertMedia, nextMediaId } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { checkDescription, parseFocus, storedDescription } from './describe.ts'
import { identifyImage } from './identify.ts'
import { processImage } from './process-image.ts'
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
const COMPLETE = stored(PROCESSING_STATES, 'complete')
const SHORTCODE_BYTES = 14

/**
 * Takes an upload: checked by its content, written anew, stored, complete when this returns. The temporary file is left
 * to the caller. Two statements.
 *
 * @throws ValidationError not a picture we take, too large, not decodable, or too long a description
 * @see https://docs.joinmastodon.org/methods/media/#v2
 */
export async function uploadMedia(
  ctx: Ctx,
  account: AccountRow,
  file: Upload,
  options: { description?: string | undefined; focus?: string | undefined } = {},
): Promise<MediaAttachmentRow> {
  checkDescription(options.description)
  const focus = parseFocus(options.focus)
  const image = await processImage(await identifyImage(ctx, file.path))
  const id = await nextMediaId(ctx.db)
  const place = { id, type: IMAGE, remote_url: '', file_storage_schema_version: 1 }
  const kept = await storeImage(ctx, place, image)
  try {
    return await insertMedia(ctx.db, {
      id,
      accountId: account.id,
      type: IMAGE,
      processing: COMPLETE,
      shortcode: randomBytes(SHORTCODE_BYTES).toString('base64url'),
      description: storedDescription(options.description),
      blurhash: image.blurhash,
      meta: { ...(focus ? { focus } : {}), ...image.meta },
      file: kept,
    })
  } catch (error) {
    const row = {
      ...place,
      file_file_name: kept.name,
      thumbnail_file_name: null,
      thumbnail_storage_schema_version: null,
    }
    await deleteMediaFiles(ctx, [row as unknown as MediaAttachmentRow])
    throw error
  }
}

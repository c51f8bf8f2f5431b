import { randomBytes } from 'node:crypto'
import type { PreviewCardRow } from '@anancus/db'
import { setCardPicture } from '@anancus/db/queries/preview-cards'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import { cardKey } from '../../kernel/storage/keys.ts'
import { fetchPicture, hasRoom, type SmallPicture } from '../media/index.ts'
import { CARD_TYPES } from './card-draft.ts'
import { MAX_CARD_IMAGE_BYTES } from './limits.ts'

/**
 * Brings the picture of a card into our store, made anew and small, so that no reader's browser asks a stranger for it.
 * A card whose picture is not to be had has none, or keeps the one it had; so it is while the disk is nearly full.
 */
export async function storeCardImage(ctx: Ctx, card: PreviewCardRow, url: string | null): Promise<void> {
  const picture = url === null || !(await hasRoom(ctx)) ? null : await pictureAt(ctx, url)
  if (picture === null) return
  const fileName = `${randomBytes(16).toString('hex')}.${picture.extension}`
  const { contentType } = picture
  const key = cardKey({ ...card, image_file_name: fileName, image_storage_schema_version: 1 })
  if (key === null) return
  await ctx.storage.put(key, picture.data, { contentType, length: picture.data.length })
  const isLink = card.type === CARD_TYPES.link
  const kept = await setCardPicture(ctx.db, card.id, {
    fileName,
    contentType,
    bytes: picture.data.length,
    blurhash: picture.blurhash,
    width: isLink ? picture.width : null,
    height: isLink ? picture.height : null,
  })
  const old = kept === null ? key : cardKey(card)
  if (old !== null) await ctx.storage.delete([old])
}

async function pictureAt(ctx: Ctx, url: string): Promise<SmallPicture | null> {
  try {
    return await fetchPicture(ctx, url, MAX_CARD_IMAGE_BYTES)
  } catch (error) {
    if (!(error instanceof RemoteServerError || error instanceof PermanentJobError)) throw error
    ctx.log.info({ error }, 'the picture of a page is not to be had')
    return null
  }
}

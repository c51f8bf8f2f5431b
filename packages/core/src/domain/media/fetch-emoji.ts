import { emojiById, setRemoteEmojiPicture } from '@anancus/db/queries/emoji-files'
import { noteExtraBytes } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { deleteEmojiFiles } from './clear-server-media.ts'
import { download, isMediaRejected } from './download.ts'
import { storeEmojiImage } from './emoji-image.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { hasRoom } from './has-room.ts'
import { MAX_EMOJI_BYTES } from './limits.ts'
import { withTemporaryFile } from './temporary-file.ts'

/**
 * Downloads the picture of another server's custom emoji into our store, made anew; the one we had goes. Until then its
 * text is shown, or the picture of before.
 *
 * @throws PermanentJobError there is no such picture to be had
 * @throws RemoteServerError its server does not answer now
 */
export async function fetchEmoji(ctx: Ctx, payload: { customEmojiId: string }): Promise<void> {
  const emoji = await emojiById(ctx.db, payload.customEmojiId)
  if (!emoji?.domain || !emoji.image_remote_url || (await isMediaRejected(ctx, emoji.domain))) return
  if (!(await hasRoom(ctx))) return
  const bytes = await download(ctx, emoji.image_remote_url, MAX_EMOJI_BYTES)
  const picture = await refusingForGood(() =>
    withTemporaryFile(bytes, (path) => storeEmojiImage(ctx, emoji, { path, bytes: bytes.length })),
  )
  const isKept = await setRemoteEmojiPicture(ctx.db, {
    id: emoji.id,
    remoteUrl: emoji.image_remote_url,
    picture,
  })
  if (isKept) await noteExtraBytes(ctx.db, 'emoji', emoji.id, picture.stillBytes)
  const leftOver = isKept
    ? emoji
    : { ...emoji, image_file_name: picture.fileName, image_storage_schema_version: 1 }
  await deleteEmojiFiles(ctx, [leftOver])
}

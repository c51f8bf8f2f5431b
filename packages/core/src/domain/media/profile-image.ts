import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { setProfileImage } from '@anancus/db/queries/media-attachments'
import { noteExtraBytes } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, PermanentJobError } from '../../kernel/errors.ts'
import { profileImageKey } from '../../kernel/storage/keys.ts'
import { decoding, openImage, readHeader } from './decoder.ts'
import { download } from './download.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { hasRoom } from './has-room.ts'
import { type IdentifiedImage, identifyImage } from './identify.ts'
import { AVATAR_SIZE, HEADER_SIZE, MAX_PROFILE_IMAGE_BYTES } from './limits.ts'
import { encoded } from './process-image.ts'
import { randomName } from './store-image.ts'
import { withTemporaryFile } from './temporary-file.ts'
import type { Upload } from './upload-media.ts'

export type ProfileImageKind = 'avatar' | 'header'

/**
 * Stores a picture for a profile, cropped to its place and written anew; a moving one gets a still beside it. The old
 * one goes. The temporary file is left to the caller.
 *
 * @returns the account with its new columns
 * @throws ValidationError not a picture we take, too large, or not decodable
 */
export async function storeProfileImage(
  ctx: Ctx,
  account: AccountRow,
  kind: ProfileImageKind,
  file: Pick<Upload, 'path'>,
): Promise<AccountRow> {
  const image = await identifyImage(ctx, file.path, MAX_PROFILE_IMAGE_BYTES)
  const { frames } = await readHeader(image)
  const extension = image.storedAs === 'jpeg' ? 'jpg' : image.storedAs
  const contentType = `image/${image.storedAs}`
  const name = randomName(extension)
  const place: AccountRow = { ...account, [`${kind}_file_name`]: name, [`${kind}_storage_schema_version`]: 1 }
  const original = await crop(image, kind, image.storedAs, frames > 1)
  await put(ctx, profileImageKey(place, kind, 'original'), original, contentType)
  const still = image.storedAs === 'gif' ? await crop(image, kind, 'png', false) : null
  if (still) await put(ctx, profileImageKey(place, kind, 'static'), still, 'image/png')
  await setProfileImage(ctx.db, account.id, kind, { fileName: name, contentType, bytes: original.length })
  if (still && account.domain !== null) await noteExtraBytes(ctx.db, kind, account.id, still.length)
  await deleteFiles(ctx, account, kind)
  return reload(ctx, account)
}

/** Takes the picture of a profile away. */
export async function removeProfileImage(
  ctx: Ctx,
  account: AccountRow,
  kind: ProfileImageKind,
): Promise<AccountRow> {
  await setProfileImage(ctx.db, account.id, kind, null)
  await deleteFiles(ctx, account, kind)
  return reload(ctx, account)
}

async function crop(
  image: IdentifiedImage,
  kind: ProfileImageKind,
  format: IdentifiedImage['storedAs'],
  animated: boolean,
): Promise<Buffer> {
  const size = kind === 'avatar' ? AVATAR_SIZE : HEADER_SIZE
  return decoding(async () => {
    const picture = (await openImage(image, { animated })).autoOrient().resize({ ...size, fit: 'cover' })
    return encoded(picture, format).toBuffer()
  })
}

async function put(ctx: Ctx, key: string | null, body: Buffer, contentType: string): Promise<void> {
  if (key !== null) await ctx.storage.put(key, body, { contentType, length: body.length })
}

async function deleteFiles(ctx: Ctx, account: AccountRow, kind: ProfileImageKind): Promise<void> {
  const keys = [profileImageKey(account, kind, 'original'), profileImageKey(account, kind, 'static')]
  const found = keys.filter((key) => key !== null)
  if (found.length > 0) await ctx.storage.delete(found)
}

async function reload(ctx: Ctx, account: AccountRow): Promise<AccountRow> {
  const row = await accountById(ctx.db, account.id)
  if (!row) throw new InvariantError(`account ${account.id} is gone`)
  return row
}

/**
 * Downloads avatar and header of a remote profile into our store; what is stored already is left. One that is not to be
 * had does not keep the other from coming. Nothing happens while the disk is nearly full.
 *
 * @throws RemoteServerError a server does not answer now
 */
export async function fetchProfileImages(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.domain === null || account.suspended_at !== null) return
  if (!(await hasRoom(ctx))) return
  await fetchImage(ctx, account, 'avatar', account.avatar_remote_url)
  await fetchImage(ctx, account, 'header', account.header_remote_url)
}

async function fetchImage(
  ctx: Ctx,
  account: AccountRow,
  kind: ProfileImageKind,
  url: string | null,
): Promise<void> {
  if (!url || account[`${kind}_file_name`] !== null) return
  try {
    const bytes = await download(ctx, url, MAX_PROFILE_IMAGE_BYTES)
    await refusingForGood(() =>
      withTemporaryFile(bytes, (path) => storeProfileImage(ctx, account, kind, { path })),
    )
  } catch (error) {
    if (!(error instanceof PermanentJobError)) throw error
    ctx.log.info({ error, accountId: account.id, kind }, 'a profile picture is not to be had')
  }
}

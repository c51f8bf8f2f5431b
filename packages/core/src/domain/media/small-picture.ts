import type { Ctx } from '../../kernel/context.ts'
import { decoding, openImage, readHeader } from './decoder.ts'
import { download } from './download.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { type IdentifiedImage, identifyImage } from './identify.ts'
import { PREVIEW_PIXELS } from './limits.ts'
import { blurhashOf, encoded } from './process-image.ts'
import { withTemporaryFile } from './temporary-file.ts'
import { withOpenable } from './unfold-heic.ts'

export interface SmallPicture {
  data: Buffer
  contentType: string
  extension: string
  width: number
  height: number
  blurhash: string
}

/**
 * Downloads a picture that decorates something else, and makes it anew: still, at most 230,400 pixels, nothing in it
 * but pixels.
 *
 * @throws PermanentJobError no picture we take, or its server refuses it for good
 * @throws RemoteServerError its server does not answer now
 */
export async function fetchPicture(ctx: Ctx, url: string, maxBytes: number): Promise<SmallPicture> {
  const bytes = await download(ctx, url, maxBytes)
  return refusingForGood(() => withTemporaryFile(bytes, (path) => smallPictureOf(ctx, path, maxBytes)))
}

/**
 * Makes a picture that lies in a file anew, as `fetchPicture` does.
 *
 * @throws ValidationError no picture we take, too large, or not decodable
 */
export async function smallPictureOf(ctx: Ctx, path: string, maxBytes: number): Promise<SmallPicture> {
  return withOpenable(await identifyImage(ctx, path, maxBytes), makeSmall)
}

async function makeSmall(image: IdentifiedImage): Promise<SmallPicture> {
  const header = await readHeader(image)
  const format = image.storedAs === 'gif' ? 'png' : image.storedAs
  return decoding(async () => {
    const scale = Math.min(1, Math.sqrt(PREVIEW_PIXELS / (header.width * header.height)))
    const longest = Math.max(1, Math.round(Math.max(header.width, header.height) * scale))
    const picture = (await openImage(image))
      .autoOrient()
      .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    const { data, info } = await encoded(picture, format).toBuffer({ resolveWithObject: true })
    const { width, height } = info
    const extension = format === 'jpeg' ? 'jpg' : format
    const blurhash = await blurhashOf(await openImage(image))
    return { data, contentType: `image/${format}`, extension, width, height, blurhash }
  })
}

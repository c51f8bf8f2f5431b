import type { Ctx } from '../../kernel/context.ts'
import { decoding, openImage, readHeader } from './decoder.ts'
import { download } from './download.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { identifyImage } from './identify.ts'
import { PREVIEW_PIXELS } from './limits.ts'
import { blurhashOf, encoded } from './process-image.ts'
import { withTemporaryFile } from './temporary-file.ts'

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
  return refusingForGood(() => withTemporaryFile(bytes, (path) => makeSmall(ctx, path, maxBytes)))
}

async function makeSmall(ctx: Ctx, path: string, maxBytes: number): Promise<SmallPicture> {
  const image = await identifyImage(ctx, path, maxBytes)
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

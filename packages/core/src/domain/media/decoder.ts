import pLimit from 'p-limit'
import type { Sharp, SharpOptions } from 'sharp'
import { DECODER_FORMATS, type IdentifiedImage, unverified } from './identify.ts'
import {
  MAX_FRAME_PIXELS,
  MAX_FRAMES,
  MAX_GIF_PIXELS,
  MAX_IMAGE_PIXELS,
  PROCESSING_SECONDS,
} from './limits.ts'
import { ValidationError } from '../../kernel/errors.ts'

/** Pictures in work at once in this process: each may need the memory of all its pixels. */
const AT_ONCE = 2
const limit = pLimit(AT_ONCE)

export interface ImageHeader {
  width: number
  height: number
  frames: number
}

/** Opens a file for the decoder. The library takes 27 MB, so it is loaded with the first picture. */
export async function openImage(image: IdentifiedImage, options: SharpOptions = {}): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp(image.path, {
    limitInputPixels: Math.max(MAX_IMAGE_PIXELS, MAX_FRAME_PIXELS),
    failOn: 'error',
    sequentialRead: true,
    ...options,
  }).timeout({ seconds: PROCESSING_SECONDS })
}

/**
 * Reads the size of a picture from its header, without decoding it.
 *
 * @throws ValidationError its inside is something else, or it has more pixels or frames than we take
 */
export async function readHeader(image: IdentifiedImage): Promise<ImageHeader> {
  // The header alone is read, so the limit of the decoder would only hide by how much it is exceeded.
  const options = { animated: true, limitInputPixels: false }
  const metadata = await decoding(async () => (await openImage(image, options)).metadata())
  if (metadata.format !== DECODER_FORMATS[image.type] || !metadata.width || !metadata.height)
    throw unverified()
  const header = {
    width: metadata.width,
    height: metadata.pageHeight ?? metadata.height,
    frames: metadata.pages ?? 1,
  }
  refuseHuge(header, image.type === 'image/gif')
  return header
}

function refuseHuge({ width, height, frames }: ImageHeader, isGif: boolean): void {
  const pixels = width * height
  if (isGif && pixels > MAX_GIF_PIXELS)
    throw new ValidationError(`${width}x${height} GIF files are not supported`)
  if (pixels > MAX_IMAGE_PIXELS) throw new ValidationError(`${width}x${height} images are not supported`)
  if (frames > MAX_FRAMES || pixels * frames > Math.max(MAX_FRAME_PIXELS, MAX_IMAGE_PIXELS))
    throw new ValidationError(`Files of ${frames} frames are not supported`)
}

/** Runs work on a picture, few at a time. @throws ValidationError the decoder could make nothing of it */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  return limit(async () => {
    try {
      return await work()
    } catch (error) {
      throw error instanceof ValidationError ? error : Object.assign(unverified(), { cause: error })
    }
  })
}

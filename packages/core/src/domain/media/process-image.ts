import type { Sharp } from 'sharp'
import type { ImageMeta } from '../../entities/types/index.ts'
import { decoding, type ImageHeader, openImage, readHeader } from './decoder.ts'
import type { IdentifiedImage, StoredFormat } from './identify.ts'
import { BLURHASH_COMPONENTS, BLURHASH_INPUT_PIXELS, PREVIEW_PIXELS, STORED_PIXELS } from './limits.ts'
import { withOpenable } from './unfold-heic.ts'

export interface ProcessedImage {
  original: Buffer
  small: Buffer
  contentType: string
  extension: string
  blurhash: string
  meta: { original: ImageMeta; small: ImageMeta }
}

const EXTENSIONS: Readonly<Record<StoredFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  gif: 'gif',
  webp: 'webp',
}
const JPEG_QUALITY = 90
const WEBP_QUALITY = 90

/**
 * Makes the stored and the small version of a picture: decoded and written anew, so that nothing but its pixels is
 * kept. Turned upright, in sRGB, without EXIF, at most 8,294,400 pixels; the small one 230,400. Moving pictures stay
 * moving in the stored version.
 *
 * @throws ValidationError not decodable, or beyond the limits of size
 */
export async function processImage(image: IdentifiedImage): Promise<ProcessedImage> {
  return withOpenable(image, make)
}

async function make(image: IdentifiedImage): Promise<ProcessedImage> {
  const header = await readHeader(image)
  const { default: sharp } = await import('sharp')
  return decoding(async () => {
    const original = await write(await openImage(image, { animated: header.frames > 1 }), image.storedAs, {
      pixels: STORED_PIXELS,
      header,
    })
    const small = await write(await openImage(image), image.storedAs, { pixels: PREVIEW_PIXELS, header })
    return {
      original: original.data,
      small: small.data,
      contentType: `image/${image.storedAs}`,
      extension: EXTENSIONS[image.storedAs],
      // Of the small one, which is as good for it and need not be decoded from the whole again.
      blurhash: await blurhashOf(sharp(small.data)),
      meta: { original: original.meta, small: small.meta },
    }
  })
}

async function write(
  picture: Sharp,
  format: StoredFormat,
  { pixels, header }: { pixels: number; header: ImageHeader },
): Promise<{ data: Buffer; meta: ImageMeta }> {
  const scale = Math.sqrt(pixels / (header.width * header.height))
  // Turned first: width and height of the header may be the other way round, but the box of the area is the same.
  const upright = picture.autoOrient()
  const longest = Math.max(1, Math.round(Math.max(header.width, header.height) * scale))
  const sized =
    scale < 1
      ? upright.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
      : upright
  const { data, info } = await encoded(sized, format).toBuffer({ resolveWithObject: true })
  const height = info.pageHeight ?? info.height
  return { data, meta: sizeMeta(info.width, height) }
}

export function encoded(picture: Sharp, format: StoredFormat): Sharp {
  if (format === 'jpeg')
    return picture.flatten({ background: '#ffffff' }).jpeg({ quality: JPEG_QUALITY, progressive: true })
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality: WEBP_QUALITY })
  return picture.gif()
}

export function sizeMeta(width: number, height: number): ImageMeta {
  return { width, height, size: `${width}x${height}`, aspect: width / height }
}

/** @see https://github.com/woltapp/blurhash */
export async function blurhashOf(picture: Sharp): Promise<string> {
  const { encode } = await import('blurhash')
  const { data, info } = await picture
    .autoOrient()
    .resize({ width: BLURHASH_INPUT_PIXELS, height: BLURHASH_INPUT_PIXELS, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return encode(
    new Uint8ClampedArray(data),
    info.width,
    info.height,
    BLURHASH_COMPONENTS,
    BLURHASH_COMPONENTS,
  )
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

/** Longest sides of the outputs of a picture of 4 by 3: 8,294,400 and 230,400 pixels. */
const [STORED_SIDE, SMALL_SIDE, PLACEHOLDER_SIDE] = [3326, 554, 32]

type Format = 'jpeg' | 'png' | 'webp'
export interface LargePicture {
  format: Format
  width: number
  height: number
}

/** Something between a photograph and a drawing: soft shapes with a little noise. */
export async function writeLargePicture(
  folder: string,
  { format, width, height }: LargePicture,
): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const small = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const path = join(folder, `${width}.${format}`)
  await writeFile(
    path,
    await sharp(small).resize(width, height, { kernel: 'cubic' }).toFormat(format).toBuffer(),
  )
  return path
}

/** The same outputs with the same settings, by sharp and nothing else. */
export async function sharpAlone(path: string, format: Format): Promise<void> {
  sharp.cache(false)
  sharp.concurrency(1)
  const open = () => sharp(path, { sequentialRead: true, limitInputPixels: 50_000_000 }).autoOrient()
  const within = (side: number) =>
    open().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
  await encoded(within(STORED_SIDE), format).toBuffer()
  await encoded(within(SMALL_SIDE), format).toBuffer()
  await within(PLACEHOLDER_SIDE).toColourspace('srgb').ensureAlpha().raw().toBuffer()
}

function encoded(picture: Sharp, format: Format): Sharp {
  if (format === 'png') return picture.png()
  if (format === 'webp') return picture.webp({ quality: 90 })
  return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 90, progressive: true })
}

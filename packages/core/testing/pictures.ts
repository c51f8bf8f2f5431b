import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Pictures for tests: good ones, and ones made to hurt. */

const RED = { r: 200, g: 30, b: 30 }

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

/** A picture of one colour. */
export function picture(format: PictureFormat, width = 64, height = 48): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: RED } })
    .toFormat(format)
    .toBuffer()
}

/** A picture that says where it was taken, who took it, and (`orientation`) that it lies on its side. */
export function pictureWithExif(
  format: 'jpeg' | 'png' | 'webp',
  options: { orientation?: number } = {},
): Promise<Buffer> {
  return sharp({ create: { width: 80, height: 40, channels: 3, background: RED } })
    .withMetadata({ orientation: options.orientation ?? 1 })
    .withExif({
      IFD0: { Copyright: 'Secret Photographer', Orientation: String(options.orientation ?? 1) },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 0/1',
      },
    })
    .toFormat(format)
    .toBuffer()
}

/** A photograph as a telephone takes it: on its side, in the wide colours of its screen, with the place it was taken at. */
export function photograph(format: PictureFormat): Promise<Buffer> {
  return sharp({ create: { width: 120, height: 80, channels: 3, background: RED } })
    .withMetadata({ orientation: 6 })
    .withIccProfile('p3')
    .withExif({
      IFD0: { ImageDescription: 'canary-place', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 29/1' },
    })
    .toFormat(format)
    .toBuffer()
}

/** What a picture says of itself when it is opened. */
export function openPicture(path: string) {
  return sharp(path).metadata()
}

/** A moving GIF whose frames differ. */
export async function movingGif(frames = 3): Promise<Buffer> {
  const [width, height] = [20, 10]
  const pixels = Buffer.alloc(width * height * frames * 3)
  for (let frame = 0; frame < frames; frame++)
    pixels.fill((frame * 80) % 256, frame * width * height * 3, (frame + 1) * width * height * 3)
  return sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: Array.from({ length: frames }, () => 100), loop: 0 })
    .toBuffer()
}

/** A small file that says it is a huge picture of nothing: a PNG of one bit a pixel. */
export function pngBomb(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const data = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows), { level: 9 })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A GIF of very many frames of one pixel. */
export function gifBomb(frames: number, size = 1): Buffer {
  const screen = Buffer.from([
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
  ])
  screen.writeUInt16LE(size, 6)
  screen.writeUInt16LE(size, 8)
  const control = [0x21, 0xf9, 0x04, 0, 1, 0, 0, 0]
  const frame = Buffer.from([...control, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0])
  return Buffer.concat([screen, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

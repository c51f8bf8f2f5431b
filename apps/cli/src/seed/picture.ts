import { writeFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const BITS_PER_CHANNEL = 8
const TRUECOLOUR = 2

/** Paints two colours into each other, with soft hills, and writes a PNG: the town needs pictures and has no photographer. */
export async function paint(
  path: string,
  width: number,
  height: number,
  colours: readonly [string, string],
  seed: number,
): Promise<void> {
  const [from, to] = colours.map(rgb) as [Rgb, Rgb]
  const row = 1 + width * 3
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = shareAt(x / width, y / height, seed)
      for (let channel = 0; channel < 3; channel++) {
        pixels[y * row + 1 + x * 3 + channel] = Math.round(
          (from[channel] ?? 0) * (1 - share) + (to[channel] ?? 0) * share,
        )
      }
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([BITS_PER_CHANNEL, TRUECOLOUR], 8)
  await writeFile(
    path,
    Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(pixels)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

type Rgb = [number, number, number]

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** How much of the second colour a point has: a slope, and three hills that stand elsewhere for every seed. */
function shareAt(x: number, y: number, seed: number): number {
  const hills = [1, 2, 3].map((n) => 0.62 + 0.12 * n - 0.3 + 0.08 * Math.sin(x * (4 + n) + seed * n))
  const above = hills.filter((hill) => y > hill).length
  return Math.min(1, 0.25 * y + above * 0.25)
}

/** @see https://www.w3.org/TR/png/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

import type { MediaMeta } from '../../entities/types/index.ts'

const SIDE = 48
const EDGE = 4
const CHANNELS = 3
/** Colours that differ by less are counted as one. */
const STEP_BITS = 4
/** How much a text, and a decoration, must stand out. https://www.w3.org/TR/WCAG22/#contrast-minimum */
const TEXT_CONTRAST = 4.5
const ACCENT_CONTRAST = 2
const LIVELINESS_STEP = 32
/** What less of a picture has is where two colours meet, or dirt. */
const LEAST_SHARE = 0.01

type Colour = readonly [red: number, green: number, blue: number]

/**
 * Says in which colours a player is drawn around a picture: the one its edge mostly has, one that can be read on it, and
 * a lively one that stands out from it. Where the picture has none that can be read, black or white.
 */
export async function coloursOf(picture: Buffer): Promise<NonNullable<MediaMeta['colors']>> {
  const { default: sharp } = await import('sharp')
  const pixels = await sharp(picture)
    // A finer kernel makes colours up where two meet.
    .resize({ width: SIDE, height: SIDE, fit: 'fill', kernel: 'linear' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  const background = palette(pixels, isOnEdge)[0] ?? [255, 255, 255]
  const found = palette(pixels, () => true)
  const readable = (colour: Colour) => contrast(background, colour)
  const foreground = found.find((colour) => readable(colour) >= TEXT_CONTRAST) ?? blackOrWhite(background)
  const lively = found.filter((colour) => readable(colour) >= ACCENT_CONTRAST).sort(byLiveliness)[0]
  return { background: hex(background), foreground: hex(foreground), accent: hex(lively ?? foreground) }
}

function isOnEdge(x: number, y: number): boolean {
  return Math.min(x, y) < EDGE || Math.max(x, y) >= SIDE - EDGE
}

/** Means of like colours that are no trifle, the most frequent first. */
function palette(pixels: Buffer, isCounted: (x: number, y: number) => boolean): Colour[] {
  const sums = new Map<number, [count: number, red: number, green: number, blue: number]>()
  for (let index = 0; index < SIDE * SIDE; index += 1) {
    if (!isCounted(index % SIDE, Math.floor(index / SIDE))) continue
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * CHANNELS, (index + 1) * CHANNELS)
    const bucket = ((red >> STEP_BITS) << 8) | ((green >> STEP_BITS) << 4) | (blue >> STEP_BITS)
    const sum = sums.get(bucket) ?? [0, 0, 0, 0]
    sums.set(bucket, [sum[0] + 1, sum[1] + red, sum[2] + green, sum[3] + blue])
  }
  return [...sums.values()]
    .filter(([count]) => count >= SIDE * SIDE * LEAST_SHARE)
    .sort(([one], [other]) => other - one)
    .map(([count, red, green, blue]) => [red / count, green / count, blue / count])
}

/** Of those that are about as lively, the most frequent stays first. */
function byLiveliness(one: Colour, other: Colour): number {
  return liveliness(other) - liveliness(one)
}

function liveliness(colour: Colour): number {
  return Math.round((Math.max(...colour) - Math.min(...colour)) / LIVELINESS_STEP)
}

function blackOrWhite(background: Colour): Colour {
  const [black, white]: [Colour, Colour] = [
    [0, 0, 0],
    [255, 255, 255],
  ]
  return contrast(background, black) > contrast(background, white) ? black : white
}

/** From 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function hex(colour: Colour): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

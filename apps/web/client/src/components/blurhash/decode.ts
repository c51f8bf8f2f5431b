const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'

type Colour = [red: number, green: number, blue: number]

/**
 * Decodes a blurhash to RGBA pixels, or null when it is none.
 *
 * @see https://github.com/woltapp/blurhash/blob/master/Algorithm.md
 */
export function decodeBlurhash(
  hash: string,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> | null {
  const values = Array.from(hash, (digit) => DIGITS.indexOf(digit))
  const size = values[0]
  if (size === undefined || values.includes(-1) || values.length < 6) return null
  const across = (size % 9) + 1
  const down = Math.floor(size / 9) + 1
  if (values.length !== 4 + 2 * across * down) return null
  const number = (from: number, to: number) =>
    values.slice(from, to).reduce((sum, digit) => sum * 83 + digit, 0)
  const strength = (number(1, 2) + 1) / 166
  const colours = Array.from({ length: across * down }, (_, at) =>
    at === 0 ? average(number(2, 6)) : wave(number(4 + at * 2, 6 + at * 2), strength),
  )
  return paint(colours, across, down, width, height)
}

function average(value: number): Colour {
  return [linear(value >> 16), linear((value >> 8) & 255), linear(value & 255)]
}

function wave(value: number, strength: number): Colour {
  const part = (digit: number) => {
    const signed = (digit - 9) / 9
    return Math.sign(signed) * signed * signed * strength
  }
  return [part(Math.floor(value / 361)), part(Math.floor(value / 19) % 19), part(value % 19)]
}

function paint(colours: Colour[], across: number, down: number, width: number, height: number) {
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum: Colour = [0, 0, 0]
      for (let row = 0; row < down; row++)
        for (let column = 0; column < across; column++) {
          const weight = Math.cos((Math.PI * x * column) / width) * Math.cos((Math.PI * y * row) / height)
          const colour = colours[row * across + column] ?? [0, 0, 0]
          for (let part = 0 as 0 | 1 | 2; part < 3; part++) sum[part] += colour[part] * weight
        }
      pixels.set([gamma(sum[0]), gamma(sum[1]), gamma(sum[2]), 255], (y * width + x) * 4)
    }
  return pixels
}

function linear(value: number): number {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function gamma(value: number): number {
  const part = Math.max(0, Math.min(1, value))
  return Math.round((part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055) * 255)
}

import { decodeBlurhash } from './decode.ts'

describe('a blurhash', () => {
  it('of one colour fills the picture with it', () => {
    // 1×1 components, average colour 0xFF8000 in base 83.
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'
    const encode = (value: number, length: number) =>
      Array.from({ length }, (_, at) => digits[Math.floor(value / 83 ** (length - 1 - at)) % 83]).join('')
    const pixels = decodeBlurhash(`00${encode(0xff8000, 4)}`, 2, 2)
    expect([...(pixels ?? [])]).toEqual(Array(4).fill([255, 128, 0, 255]).flat())
  })

  it('keeps the light where it was', () => {
    const pixels = decodeBlurhash('LEHV6nWB2yk8pyo0adR*.7kCMdnj', 8, 8)
    expect(pixels).toHaveLength(8 * 8 * 4)
    const green = (x: number, y: number) => pixels?.[(y * 8 + x) * 4 + 1] ?? 0
    expect(green(4, 0)).toBeGreaterThan(green(4, 7))
  })

  it.each(['', 'LEHV6', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', '!!!!!!', 'LEHV6nWB2yk8pyo0adR*.7kCMdn"'])(
    'is refused when it is %p',
    (hash) => {
      expect(decodeBlurhash(hash, 4, 4)).toBeNull()
    },
  )
})

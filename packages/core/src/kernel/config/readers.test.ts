import { size } from './readers.ts'

describe('size', () => {
  const read = size(undefined, 1)

  it.each([
    ['40GB', 40 * 1024 ** 3],
    ['40gb', 40 * 1024 ** 3],
    ['1.5 TiB', 1.5 * 1024 ** 4],
    ['500M', 500 * 1024 ** 2],
    [' 10 KB ', 10_240],
    ['1048576', 1_048_576],
    ['12B', 12],
  ])('reads %j', (text, bytes) => {
    expect(read(text)).toBe(bytes)
  })

  it.each(['40 gigabytes', 'GB', '-1GB', '0', '1,5GB', '4e3', '40GBB', '9000PB', 'NaN'])(
    'refuses %j',
    (text) => {
      expect(() => read(text)).toThrow(`must be a size such as 40GB or 500MB, not "${text}"`)
    },
  )

  it('has a fallback, and may allow nothing at all', () => {
    expect(read(undefined)).toBeUndefined()
    expect(read('')).toBeUndefined()
    expect(size(7, 0)('0')).toBe(0)
    expect(size(7, 0)(undefined)).toBe(7)
  })
})

import { humanSize } from './human-size.ts'

it.each([
  [0, '0 Bytes'],
  [1, '1 Byte'],
  [1023, '1023 Bytes'],
  [1024, '1 KB'],
  [1234, '1.21 KB'],
  [1_048_576, '1 MB'],
  [1_234_567, '1.18 MB'],
  [483_989, '473 KB'],
  [123_456_789, '118 MB'],
  [1_048_575, '1020 KB'],
  [5_368_709_120, '5 GB'],
  [1024 ** 6 * 2, '2 EB'],
])('%i is %s', (bytes, words) => expect(humanSize(bytes)).toBe(words))

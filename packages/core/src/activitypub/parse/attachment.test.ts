import { attachmentsOf } from './attachment.ts'

const hashOf = (blurhash: unknown) =>
  attachmentsOf({ attachment: [{ type: 'Document', url: 'https://far.example/x.png', blurhash }] })[0]
    ?.blurhash

describe('a blurhash', () => {
  it('is kept when it is one', () => {
    expect(hashOf('LEHV6nWB2yk8pyo0adR*.7kCMdnj')).toBe('LEHV6nWB2yk8pyo0adR*.7kCMdnj')
  })

  it.each([
    ['too short', 'LEHV6n'],
    ['longer than its first character says', 'LEHV6nWB2yk8pyo0adR*.7kCMdnjxx'],
    ['shorter than its first character says', 'LEHV6nWB2yk8pyo0adR*.7kCMd'],
    ['of more components than we draw', `~${'0'.repeat(165)}`],
    ['a megabyte long', 'L'.repeat(1_000_000)],
    ['of other characters', 'LEHV6nWB2yk8pyo0adR*.7kC"dnj'],
    ['of characters beyond ASCII', 'LEHV6nWB2yk8pyo0adR*.7kCéénj'],
    ['markup', '<script>alert(1)</script>...'],
    ['a number', 5],
    ['a list', ['LEHV6nWB2yk8pyo0adR*.7kCMdnj']],
    ['null', null],
  ])('SEC-MEDIA-07 that is %s is dropped', (_name, value) => {
    expect(hashOf(value)).toBeNull()
  })
})

import { createHash } from 'node:crypto'
import { followersDigest } from './followers-digest.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')

it('is zero of nobody, the hash of one, and the same in any order', () => {
  expect(followersDigest([])).toBe('0'.repeat(64))
  expect(followersDigest(['https://a.example/1'])).toBe(sha('https://a.example/1'))
  expect(followersDigest(['x', 'y', 'z'])).toBe(followersDigest(['z', 'x', 'y', 'x']))
})

it('is that of the example of the proposal', () => {
  const uris = ['https://testing.example.org/users/1', 'https://testing.example.org/users/2']
  expect(followersDigest(uris)).toBe('c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f')
})

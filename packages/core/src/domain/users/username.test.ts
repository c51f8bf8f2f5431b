import { isUsername, normalizeUsername } from './username.ts'

it('reads digits as the letters they imitate', () => {
  expect(normalizeUsername('4Dm1N')).toBe('admin')
  expect(normalizeUsername('5upp0r7')).toBe('support')
})

it('knows names', () => {
  expect(['alice', 'A_1'].every(isUsername)).toBe(true)
  expect(['a-b', 'ä', 'a b', '', 'a\n'].some(isUsername)).toBe(false)
})

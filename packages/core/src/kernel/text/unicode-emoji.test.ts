import { unicodeEmoji } from './unicode-emoji.ts'

describe('unicodeEmoji', () => {
  it.each([
    ['🦊', '🦊'],
    ['❤️', '❤️'],
    ['❤', '❤️'],
    ['👍🏽', '👍🏽'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['🇩🇪', '🇩🇪'],
    ['👍\uFE0F', '👍'],
  ])('takes %s, written in full', (text, full) => {
    expect(unicodeEmoji(text)).toBe(full)
  })

  it.each(['', 'a', ':fox:', '🦊🦊', '🦊 ', '1', '<b>', '🦊'.repeat(30)])('takes %j for none', (text) => {
    expect(unicodeEmoji(text)).toBeNull()
  })
})

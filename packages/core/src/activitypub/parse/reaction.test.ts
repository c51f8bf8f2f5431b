import { reactionIn } from './reaction.ts'

const ID = 'https://far.example/likes/1'
const like = (members: Record<string, unknown>) => reactionIn({ id: ID, type: 'Like', ...members })
const tag = (members: Record<string, unknown> = {}) => ({
  type: 'Emoji',
  name: ':fox:',
  icon: { type: 'Image', url: 'https://far.example/fox.png' },
  ...members,
})
const picture = { imageUrl: 'https://far.example/fox.png', uri: null, updatedAt: null }

describe('reactionIn', () => {
  it.each([
    {},
    { content: '' },
    { content: 7 },
    { content: 'nice!' },
    { content: ':a b:' },
    { content: '::' },
  ])('finds none in %j', (members) => {
    expect(like(members)).toBeNull()
  })

  it('takes the heart and the star of a Like for a plain favourite, those of an EmojiReact as they are', () => {
    for (const content of ['❤', '❤️', '⭐']) {
      expect(like({ content })).toBeNull()
      expect(reactionIn({ id: ID, type: 'EmojiReact', content })).toMatchObject({ emoji: expect.any(String) })
    }
  })

  it('reads an emoji from either member', () => {
    expect(like({ content: '👍' })).toEqual({ emoji: '👍' })
    expect(like({ _misskey_reaction: '🦊' })).toEqual({ emoji: '🦊' })
  })

  it.each([
    ['with colons', { content: ':fox:', tag: [tag()] }, null, picture],
    [
      'without colons, where a tag is called so',
      { content: 'fox', tag: tag({ name: 'fox' }) },
      null,
      picture,
    ],
    ['of the server itself', { content: ':fox@.:', tag: [tag()] }, null, picture],
    ['without a tag', { content: ':fox:' }, null, null],
    ['without a usable picture', { content: ':fox:', tag: [tag({ icon: { url: 'data:,x' } })] }, null, null],
    ['of a third server by its name', { content: ':fox@other.example:' }, 'other.example', null],
    [
      'of a third server by its tag',
      { content: ':fox:', tag: [tag({ id: 'https://other.example/emojis/1' })] },
      'other.example',
      { ...picture, uri: 'https://other.example/emojis/1' },
    ],
  ])('reads a custom emoji %s', (_how, members, host, found) => {
    expect(like(members)).toEqual({ custom: { shortcode: 'fox', host, picture: found } })
  })

  it('is not taken in by a word', () => {
    expect(like({ content: 'fox' })).toBeNull()
    expect(like({ content: ':fox', tag: [tag()] })).toBeNull()
  })
})

import type { CustomEmoji } from '@anancus/core/entities/types'
import { splitEmojis } from './emojify.ts'

const emoji = (shortcode: string): CustomEmoji => ({
  shortcode,
  url: 'u',
  static_url: 's',
  visible_in_picker: true,
})
const cat = emoji('cat')

describe('custom emojis in text', () => {
  it('takes known shortcodes out of the text', () => {
    expect(splitEmojis('a :cat: b :dog:', [cat])).toEqual(['a ', cat, ' b :dog:'])
    expect(splitEmojis(':cat:', [cat])).toEqual([cat])
  })

  it('leaves times, words and addresses alone', () => {
    for (const text of ['at 10:cat:30', 'x:cat:', ':cat::cat:', 'plain'])
      expect(splitEmojis(text, [cat])).toEqual([text])
  })

  it('has nothing to do without emojis', () => {
    expect(splitEmojis(':cat:', [])).toEqual([':cat:'])
  })
})

import { countCharacters } from './count.ts'

describe('the characters of a post', () => {
  it.each([
    ['plain words', 11],
    ['👩‍👩‍👧‍👦', 1],
    ['é', 1],
    ['नमस्ते', 3],
    ['a\nb', 3],
    ['https://a.example/', 23],
    [`https://a.example/${'x'.repeat(300)}`, 23],
    ['see https://a.example/b.', 4 + 23 + 1],
    ['(https://a.example/b)', 1 + 23 + 1],
    ['https://a.example/Cat_(animal)', 23],
    ['https://a.example/ https://b.example/', 47],
    ['xhttps://a.example/', 19],
    ['あhttps://a.example/x', 24],
    ['https://a.example,https://b.example', 23 + 1 + 23],
    ['[https://a.example/x]', 1 + 23 + 1],
    ['https://a', 9],
    ['@bob@far.example hi', '@bob hi'.length],
    ['@bob hi', 7],
    ['mail me@far.example', 19],
  ])('of %p are %p', (text, count) => {
    expect(countCharacters(text, '')).toBe(count)
  })

  it('include those of the warning, where an address is just text', () => {
    expect(countCharacters('abc', 'https://a.example/')).toBe(3 + 18)
  })
})

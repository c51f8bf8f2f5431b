import { parseQuery } from './parse-query.ts'

const short = (query: string) =>
  parseQuery(query).map(({ kind, value, isNegated }) => `${isNegated ? '-' : ''}${kind}=${value}`)

describe('parseQuery', () => {
  it.each([
    ['two words', ['word=two', 'word=words']],
    ['"a phrase" -without', ['word=a phrase', '-word=without']],
    ['from:me has:media -is:reply', ['from=me', 'has=media', '-is=reply']],
    ['language:de before:2024-01-02 in:library', ['language=de', 'before=2024-01-02', 'in=library']],
    ['https://a.example/b nonsense:x', ['word=https://a.example/b', 'word=nonsense:x']],
    ['from:"@a@b.example"', ['from=@a@b.example']],
    ['"unclosed word', ['word="unclosed', 'word=word']],
    ['from:', ['word=from:']],
    ['""', []],
  ])('reads %s', (query, terms) => expect(short(query)).toEqual(terms))
})

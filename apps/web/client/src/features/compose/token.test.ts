import { completeToken, tokenAt } from './token.ts'

const at = (text: string) => tokenAt(text.replace('|', ''), text.indexOf('|'))

describe('what is being typed', () => {
  it.each([
    ['hi @al|', 'account', 'al'],
    ['@bob@far.ex|', 'account', 'bob@far.ex'],
    ['(@al|', 'account', 'al'],
    ['#Katz|', 'hashtag', 'Katz'],
    ['a :sm|', 'emoji', 'sm'],
    ['@al| there', 'account', 'al'],
  ])('in %p is a %s', (text, kind, query) => {
    expect(at(text)).toMatchObject({ kind, query })
  })

  it.each(['hi|', 'me@far|', '@|', 'x#tag|', ':s|', '10:30|', 'https://a.example/@al|', '@al|ice', '@al |'])(
    'in %p is nothing to suggest for',
    (text) => {
      expect(at(text)).toBeNull()
    },
  )

  it('is replaced, with one space behind it', () => {
    const token = at('hi @al|')
    expect(token && completeToken('hi @al', token, '@alice@far.example')).toEqual({
      text: 'hi @alice@far.example ',
      caret: 22,
    })
    const inside = at('hi @al| you')
    expect(inside && completeToken('hi @al you', inside, '@alice')).toEqual({
      text: 'hi @alice you',
      caret: 10,
    })
  })
})

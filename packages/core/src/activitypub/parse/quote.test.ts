import { quoteIn } from './quote.ts'
import { quotePolicyIn, storedQuotePolicy } from './quote-policy.ts'

const URI = 'https://far.example/notes/7'
const legacy = { uri: URI, isDeleted: false, isLegacy: true, approvalUri: null }
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const link = (more: object) => ({ type: 'Link', mediaType: 'application/activity+json', href: URI, ...more })

describe('what a status quotes', () => {
  it('is told with consent: an id or an object with one, and where it is allowed', () => {
    const quoteAuthorization = 'https://far.example/approvals/5'
    const expected = { uri: URI, isDeleted: false, isLegacy: false, approvalUri: quoteAuthorization }
    expect(quoteIn({ quote: URI, quoteAuthorization })).toEqual(expected)
    expect(quoteIn({ quote: { id: URI, type: 'Note' }, quoteAuthorization })).toEqual(expected)
    expect(quoteIn({ quote: [URI, 'https://far.example/notes/8'] })).toEqual({
      ...expected,
      approvalUri: null,
    })
  })

  it('is told by the older words, the first of them that is an address', () => {
    for (const key of ['_misskey_quote', 'quoteUrl', 'quoteUri'])
      expect(quoteIn({ [key]: URI })).toEqual(legacy)
    expect(quoteIn({ quoteUri: 'https://other.example/1', _misskey_quote: URI })).toEqual(legacy)
    expect(quoteIn({ quoteUrl: 'x', quoteUri: URI })).toEqual(legacy)
    expect(quoteIn({ quoteUrl: URI, quoteAuthorization: 'https://far.example/approvals/5' })).toEqual(legacy)
  })

  it('is told by a link among the tags that says so, or that the text names', () => {
    const content = `<p>Look</p><p>RE: <a href="${URI}">https://<span>far.example/notes/7</span></a></p>`
    expect(quoteIn({ content, tag: [link({ name: `RE: ${URI}` })] })).toEqual(legacy)
    expect(quoteIn({ tag: link({ rel: 'https://misskey-hub.net/ns#_misskey_quote' }) })).toEqual(legacy)
    expect(quoteIn({ content, tag: [link({ name: 'RE: something else' })] })).toBeNull()
    expect(quoteIn({ content, tag: [link({ name: `RE: ${URI}`, mediaType: 'text/html' })] })).toBeNull()
    expect(quoteIn({ content, tag: [{ ...link({ name: `RE: ${URI}` }), type: 'Mention' }] })).toBeNull()
  })

  it('is gone when a Tombstone stands there', () => {
    expect(quoteIn({ quote: { type: 'Tombstone' }, quoteUri: URI })).toEqual({
      uri: null,
      isDeleted: true,
      isLegacy: false,
      approvalUri: null,
    })
  })

  it('is nothing when the word means a text, or another scheme', () => {
    const nothings = [{}, { quote: 'To be or not to be' }, { quote: 7 }, { quote: { name: 'x' } }]
    for (const document of [...nothings, { quoteUrl: 'javascript:alert(1)' }, { quoteUri: null }])
      expect(quoteIn(document)).toBeNull()
  })
})

describe('who may quote', () => {
  const author = {
    uri: 'https://far.example/users/carol',
    followers_url: 'https://far.example/users/carol/followers',
    following_url: 'https://far.example/users/carol/following',
  }
  const policy = (canQuote: unknown) =>
    storedQuotePolicy(quotePolicyIn({ interactionPolicy: { canQuote } }), author)

  it.each([
    [{ automaticApproval: PUBLIC }, 2 << 16],
    [{ automaticApproval: ['as:Public'] }, 2 << 16],
    [{ automaticApproval: [author.followers_url, author.following_url] }, 12 << 16],
    [{ automaticApproval: author.followers_url, manualApproval: ['Public'] }, (4 << 16) | 2],
    [{ automaticApproval: author.uri }, 0],
    [{ automaticApproval: ['https://far.example/lists/1'] }, 1 << 16],
    [{ automaticApproval: 'https://other.example/users/eve/followers' }, 1 << 16],
    [{ always: [PUBLIC], approvalRequired: [] }, 2 << 16],
    [{}, 0],
    ['nonsense', 0],
    [undefined, 0],
  ])('%j is stored as %i', (canQuote, stored) => {
    expect(policy(canQuote)).toBe(stored)
  })
})

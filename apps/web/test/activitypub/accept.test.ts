import { prefersDocument } from '../../src/activitypub/accept.ts'

const AS = 'https://www.w3.org/ns/activitystreams'

describe('who would rather have the document than the page', () => {
  it.each([
    ['application/activity+json', true],
    [`application/ld+json; profile="${AS}"`, true],
    ['application/ld+json', true],
    ['application/json', true],
    ['application/jrd+json', true],
    ['APPLICATION/ACTIVITY+JSON;q=0.9', true],
    [`application/ld+json; profile="${AS}", application/activity+json, text/html;q=0.1`, true],
    ['application/activity+json, text/html', true],
    ['text/html, application/activity+json', false],
    ['text/html;q=0.5, application/activity+json;q=0.4', false],
    ['text/html;q=0.4, application/activity+json;q=0.5', true],
    ['application/activity+json;q=0, text/html', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8', false],
    ['image/png, application/activity+json;q=0.2', true],
    ['*/*', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (accept, wanted) => {
    expect(prefersDocument(accept)).toBe(wanted)
  })
})

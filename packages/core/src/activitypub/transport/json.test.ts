import { parseDocument } from './json.ts'

describe('a document from outside', () => {
  it.each([
    ['{"a":"x\\u0000y"}', 'xy'],
    ['{"a":"x\\ud83dy"}', 'x\ufffdy'],
    ['{"a":"x\\uDC00"}', 'x\ufffd'],
    ['{"a":"x\\ud83d\\ude00y"}', 'x😀y'],
    ['{"a":"😀"}', '😀'],
  ])('%s holds nothing that the database cannot', (text, expected) => {
    expect(parseDocument(text)).toEqual({ a: expected })
    expect(parseDocument(Buffer.from(text))).toEqual({ a: expected })
  })
})

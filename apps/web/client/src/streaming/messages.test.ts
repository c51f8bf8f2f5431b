import { parseMessage, streamKey } from './messages.ts'

const frame = (event: string, payload: unknown, stream: unknown = ['user']) =>
  JSON.stringify({ stream, event, payload })

describe('a frame of the stream', () => {
  it('carries an entity as a string within the string', () => {
    expect(parseMessage(frame('update', '{"id":"1"}'))).toEqual({
      stream: 'user',
      message: { event: 'update', payload: { id: '1' } },
    })
  })

  it('carries a bare id when something is deleted', () => {
    expect(parseMessage(frame('delete', '115'))?.message).toEqual({ event: 'delete', payload: '115' })
  })

  it('names a hashtag stream with its tag', () => {
    expect(parseMessage(frame('delete', '1', ['hashtag', 'cats']))?.stream).toBe(
      streamKey({ stream: 'hashtag', tag: 'cats' }),
    )
  })

  it.each([
    ['an error', '{"error":"Unknown stream type","status":400}'],
    ['no JSON', 'ping'],
    ['an unknown event', frame('conversation', '{}')],
    ['a payload that is no JSON', frame('update', '{')],
    ['a payload that is no entity', frame('update', '5')],
    ['a missing payload', frame('update', undefined)],
  ])('is ignored when it is %s', (_what, text) => {
    expect(parseMessage(text)).toBeNull()
  })

  it('needs no payload to say that filters changed', () => {
    expect(parseMessage(frame('filters_changed', undefined))?.message).toEqual({ event: 'filters_changed' })
  })
})

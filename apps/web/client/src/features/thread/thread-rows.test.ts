import { MAX_THREAD_DEPTH, threadRows } from './thread-rows.ts'

const reply = (id: string, to: string | null) => ({ id, in_reply_to_id: to })

describe('the answers below a post', () => {
  it('stand under what they answer', () => {
    const rows = threadRows('0', [reply('1', '0'), reply('3', '0'), reply('2', '1')])
    expect(rows).toEqual([
      { id: '1', depth: 0 },
      { id: '2', depth: 1 },
      { id: '3', depth: 0 },
    ])
  })

  it('keep their order among each other', () => {
    const rows = threadRows('0', [reply('5', '0'), reply('2', '0'), reply('9', '0')])
    expect(rows.map(({ id }) => id)).toEqual(['5', '2', '9'])
  })

  it('are set in no further than the screen has room for', () => {
    const chain = Array.from({ length: 9 }, (_, n) => reply(`${n + 1}`, `${n}`))
    expect(Math.max(...threadRows('0', chain).map(({ depth }) => depth))).toBe(MAX_THREAD_DEPTH)
  })

  it('are all there when one in between is missing, or when they answer each other', () => {
    const rows = threadRows('0', [
      reply('2', 'deleted'),
      reply('3', '2'),
      reply('8', '9'),
      reply('9', '8'),
      reply('7', '7'),
    ])
    expect(rows.map(({ id }) => id).sort()).toEqual(['2', '3', '7', '8', '9'])
    expect(rows).toContainEqual({ id: '3', depth: 1 })
  })
})

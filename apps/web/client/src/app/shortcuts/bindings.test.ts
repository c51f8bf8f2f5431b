import { BINDINGS, createKeyReader } from './bindings.ts'

describe('keyboard shortcuts', () => {
  it('act on a single key', () => {
    const read = createKeyReader()
    expect(read('j', 0)).toBe('next')
    expect(read('?', 1)).toBe('help')
    expect(read('z', 2)).toBeNull()
  })

  it('wait a second for the second key of a pair', () => {
    const read = createKeyReader()
    expect(read('g', 0)).toBeNull()
    expect(read('h', 900)).toBe('go.home')
    expect(read('g', 2000)).toBeNull()
    expect(read('h', 3001)).toBeNull()
  })

  it('prefer the pair to what its second key does alone', () => {
    const read = createKeyReader()
    read('g', 0)
    expect(read('n', 10)).toBe('go.notifications')
    expect(read('n', 20)).toBe('compose')
  })

  it('let a key that completes no pair do its own work', () => {
    const read = createKeyReader()
    read('g', 0)
    expect(read('j', 10)).toBe('next')
  })

  it('are each given once', () => {
    const all = BINDINGS.map(([keys]) => keys.join(' '))
    expect(new Set(all).size).toBe(all.length)
  })
})

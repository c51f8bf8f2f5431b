import {
  arrive,
  catchUp,
  type FeedSource,
  forgetFeed,
  getFeed,
  loadFeed,
  loadMore,
  openFeed,
  refresh,
  removeEverywhere,
} from './feeds.ts'

const source = (patch: Partial<FeedSource> = {}): FeedSource => ({
  key: 'test',
  load: async (cursor) => (cursor ? { ids: ['1'], next: null } : { ids: ['3', '2'], next: { max_id: '2' } }),
  newer: async () => ({ ids: [], next: null }),
  ...patch,
})

describe('feeds', () => {
  beforeEach(() => forgetFeed('test'))

  it('load their first page and then the one after it', async () => {
    await loadFeed(source())
    expect(getFeed('test')).toMatchObject({ ids: ['3', '2'], phase: 'ready' })
    await loadMore(source())
    expect(getFeed('test')).toMatchObject({ ids: ['3', '2', '1'], next: null })
  })

  it('say why they could not be loaded', async () => {
    await loadFeed(source({ load: () => Promise.reject(new Error('no')) }))
    expect(getFeed('test')).toMatchObject({ phase: 'failed', error: new Error('no') })
  })

  it('let arrivals in while their reader is at the top, and hold them back otherwise', async () => {
    await loadFeed(source())
    let isAtTop = true
    const close = openFeed('test', () => isAtTop)
    arrive('test', '4')
    isAtTop = false
    arrive('test', '5')
    close()
    arrive('test', '6')
    expect(getFeed('test')).toMatchObject({ ids: ['4', '3', '2'], pending: ['6', '5'] })
  })

  it('fetch what they missed from where they stand, page by page', async () => {
    await loadFeed(source())
    const asked: string[] = []
    const pages: Record<string, string[]> = { 3: ['5', '4'], 5: ['6'] }
    const newer = async (id: string) => {
      asked.push(id)
      return { ids: pages[id] ?? [], next: null }
    }
    await catchUp(source({ newer }))
    expect(asked).toEqual(['3', '5', '6'])
    expect(getFeed('test')).toMatchObject({ pending: ['6', '5', '4'], behind: false })
  })

  it('give up catching up with too much, and are whole again after a refresh', async () => {
    await loadFeed(source())
    let last = 3
    const newer = async () => ({ ids: [`${++last}`], next: null })
    await catchUp(source({ newer }))
    expect(getFeed('test').behind).toBe(true)
    refresh(source({ load: async () => ({ ids: ['99'], next: null }) }))
    await new Promise((resolve) => setTimeout(resolve))
    expect(getFeed('test')).toMatchObject({ ids: ['99'], pending: [], behind: false })
  })

  it('drop what is deleted', async () => {
    await loadFeed(source())
    removeEverywhere(['3'])
    expect(getFeed('test').ids).toEqual(['2'])
  })

  it('ask again while the server is still putting them together', async () => {
    jest.useFakeTimers()
    let calls = 0
    await loadFeed(source({ load: async () => ({ ids: [], next: null, partial: ++calls === 1 }) }))
    expect(getFeed('test').partial).toBe(true)
    await jest.advanceTimersByTimeAsync(5_000)
    expect(calls).toBe(2)
    expect(getFeed('test').partial).toBe(false)
    jest.useRealTimers()
  })
})

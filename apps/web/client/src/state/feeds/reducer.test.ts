import { EMPTY_FEED, type Feed, type FeedAction, MAX_PENDING, reduceFeed } from './reducer.ts'

const after = (start: Feed, ...actions: FeedAction[]) => actions.reduce(reduceFeed, start)
const loaded = after(EMPTY_FEED, { type: 'loaded', ids: ['3', '2', '1'], next: { max_id: '1' } })

describe('a feed', () => {
  it('shows the first page, once each', () => {
    const feed = after(EMPTY_FEED, { type: 'loading' }, { type: 'loaded', ids: ['2', '1', '2'], next: null })
    expect(feed).toMatchObject({ ids: ['2', '1'], next: null, phase: 'ready' })
  })

  it('appends older pages without repeating what both pages hold', () => {
    const feed = after(loaded, { type: 'loading-more' }, { type: 'loaded-more', ids: ['1', '0'], next: null })
    expect(feed.ids).toEqual(['3', '2', '1', '0'])
    expect(feed.more).toBe('idle')
  })

  it('keeps what is shown when fetching more fails', () => {
    const feed = after(loaded, { type: 'loading-more' }, { type: 'failed-more', error: 'no' })
    expect(feed).toMatchObject({ ids: loaded.ids, next: loaded.next, more: 'failed', error: 'no' })
  })

  it('shows an arrival at once to a reader at the top', () => {
    expect(after(loaded, { type: 'arrived', ids: ['4'], show: true }).ids).toEqual(['4', '3', '2', '1'])
  })

  it('holds an arrival back from a reader further down, and reveals all in order', () => {
    const waiting = after(
      loaded,
      { type: 'arrived', ids: ['4'], show: false },
      { type: 'arrived', ids: ['5'], show: false },
    )
    expect(waiting).toMatchObject({ ids: ['3', '2', '1'], pending: ['5', '4'] })
    expect(after(waiting, { type: 'revealed' })).toMatchObject({
      ids: ['5', '4', '3', '2', '1'],
      pending: [],
    })
  })

  it('does not overtake what is still held back', () => {
    const feed = after(
      loaded,
      { type: 'arrived', ids: ['4'], show: false },
      { type: 'arrived', ids: ['5'], show: true },
    )
    expect(feed).toMatchObject({ ids: ['3', '2', '1'], pending: ['5', '4'] })
  })

  it('ignores what it knows, and what comes before the first page', () => {
    expect(after(loaded, { type: 'arrived', ids: ['3'], show: true })).toBe(loaded)
    expect(after(EMPTY_FEED, { type: 'arrived', ids: ['9'], show: true })).toBe(EMPTY_FEED)
  })

  it('says it fell behind rather than holding back without end', () => {
    const many = Array.from({ length: MAX_PENDING + 1 }, (_, n) => `new-${n}`)
    expect(after(loaded, { type: 'arrived', ids: many, show: false })).toMatchObject({
      pending: [],
      behind: true,
      ids: loaded.ids,
    })
  })

  it('drops removed entries wherever they are, and stays itself otherwise', () => {
    const waiting = after(loaded, { type: 'arrived', ids: ['4'], show: false })
    const feed = after(waiting, { type: 'removed', ids: new Set(['4', '2']) })
    expect(feed).toMatchObject({ ids: ['3', '1'], pending: [] })
    expect(after(feed, { type: 'removed', ids: new Set(['77']) })).toBe(feed)
  })

  it('keeps what arrives while the first page is on its way', () => {
    const feed = after(
      EMPTY_FEED,
      { type: 'loading' },
      { type: 'arrived', ids: ['4'], show: true },
      { type: 'arrived', ids: ['3'], show: true },
      { type: 'loaded', ids: ['3', '2'], next: null },
    )
    expect(feed.ids).toEqual(['3', '4', '2'])
  })

  it('forgets having fallen behind once it is loaded anew', () => {
    const feed = after(loaded, { type: 'fell-behind' }, { type: 'loaded', ids: ['9'], next: null })
    expect(feed).toMatchObject({ behind: false, ids: ['9'] })
  })
})

import fc from 'fast-check'
import type { MediaAttachmentRow, PollRow, StatusRow } from '@anancus/db'
import type { Graph, ViewerFilterRow } from '../graph/index.ts'
import { matchFilter } from './filter.ts'

function graphOf(
  text: string,
  more: { local?: boolean; spoiler?: string; options?: string[]; alt?: string } = {},
) {
  const status = {
    id: '1',
    reblog_of_id: null,
    text,
    local: more.local ?? true,
    spoiler_text: more.spoiler ?? '',
  }
  return {
    statuses: new Map([['1', status as StatusRow]]),
    polls: new Map(more.options ? [['1', { options: more.options } as PollRow]] : []),
    media: new Map(more.alt ? [['1', [{ description: more.alt } as MediaAttachmentRow]]] : []),
  } as unknown as Graph
}

function filter(keyword: string, whole_word = true): ViewerFilterRow {
  return {
    viewer_id: '9',
    id: '5',
    phrase: 'title',
    context: ['home'],
    action: 0,
    expires_at: null,
    keywords: [{ keyword, whole_word }],
    status_ids: [],
  }
}

const found = (keyword: string, text: string, whole = true) =>
  matchFilter(graphOf(text), filter(keyword, whole), '1')?.keywords?.[0] ?? null

describe('matchFilter', () => {
  it.each([
    ['cat', 'A Cat sat', 'Cat'],
    ['cat', 'concatenate', null],
    ['cat', 'catnip', null],
    ['cat', 'cat, dog', 'cat'],
    ['cat', 'cat_food', null],
    ['größe', 'GRÖSSE und GRÖßE', 'GRÖßE'],
    ['über', 'darüber', null],
    ['#tag', 'x #tag y', '#tag'],
    ['#tag', 'x#tag', '#tag'],
    ['c++', 'I like C++ much', 'C++'],
    ['猫', '黒猫', null],
    ['two words', 'Two words here', 'Two words'],
    ['a.c', 'abc', null],
    ['covid-19', 'no Covid-19 here', 'Covid-19'],
    ['^$\\.*+?()[]{}|/-', 'x ^$\\.*+?()[]{}|/- y', '^$\\.*+?()[]{}|/-'],
  ])('whole word %s in %s: %s', (keyword, text, expected) => {
    expect(found(keyword, text)).toBe(expected)
  })

  it('finds parts of words when asked to', () => {
    expect(found('cat', 'concatenate', false)).toBe('cat')
    expect(found('猫', '黒猫', false)).toBe('猫')
  })

  it('looks into warnings, poll options and descriptions of media', () => {
    for (const more of [{ spoiler: 'needle' }, { options: ['hay', 'needle'] }, { alt: 'a needle' }])
      expect(matchFilter(graphOf('hay', more), filter('needle'), '1')).not.toBeNull()
  })

  it('does not look into the mark-up of remote statuses', () => {
    const graph = graphOf('<p class="needle">hay</p>', { local: false })
    expect(matchFilter(graph, filter('needle'), '1')).toBeNull()
    expect(matchFilter(graph, filter('hay'), '1')).not.toBeNull()
  })

  it('matches nothing by an empty keyword', () => {
    expect(matchFilter(graphOf('x'), filter(''), '1')).toBeNull()
  })

  it('says which statuses it names, and an empty list when it names others', () => {
    const named = { ...filter('needle'), status_ids: ['1'] }
    expect(matchFilter(graphOf('hay'), named, '1')).toEqual({ keywords: null, statuses: ['1'] })
    const others = { ...filter('hay'), status_ids: ['2'] }
    expect(matchFilter(graphOf('hay'), others, '1')).toEqual({ keywords: ['hay'], statuses: [] })
  })
})

const WORD = '[\\p{L}\\p{M}\\p{N}\\p{Pc}]'

describe('SEC-DOS-02 keywords made to be slow', () => {
  const all = (words: readonly string[], whole_word: boolean): ViewerFilterRow => ({
    ...filter(''),
    keywords: words.map((keyword) => ({ keyword, whole_word })),
  })
  const tookMs = (work: () => void) => {
    const started = performance.now()
    work()
    return performance.now() - started
  }
  const repeated = (make: (n: number) => string) => Array.from({ length: 1_000 }, (_, n) => make(n % 500))

  it.each([
    ['that nearly fit', repeated((n) => `${'a'.repeat(11 + n)}b`), 'a'.repeat(1_000_000)],
    ['that begin otherwise', repeated((n) => `b${'a'.repeat(11 + n)}`), 'a'.repeat(1_000_000)],
    ['that are there but no words', repeated((n) => 'a'.repeat(11 + n)), 'a'.repeat(1_000_000)],
    ['with a beginning that goes on', repeated((n) => `${'ab '.repeat(n / 3)}a`), 'ab '.repeat(300_000)],
    ['of signs', repeated((n) => `${'-'.repeat(n)}a`), `${'-'.repeat(5_000)}ab`.repeat(200)],
    ['of other alphabets', repeated((n) => `${'ß'.repeat(11 + n)}x`), 'ß'.repeat(1_000_000)],
  ])('%s cost little', (_name, words, text) => {
    for (const whole of [true, false]) {
      const slow = all(words, whole)
      expect(tookMs(() => matchFilter(graphOf(text), slow, '1'))).toBeLessThan(5_000)
    }
  })

  it.each([true, false])(
    'what an expression finds is found, whatever the letters (whole words: %s)',
    (whole) => {
      const letters = fc.constantFrom(
        ...'aAbßẞsſSKkKσςΣiİıéÉ猫 -_#1'.split(''),
        'ŉ',
        'ﬁ',
        'Ǆ',
        'ᾳ',
        'ᾼ',
        '𐐨',
        '𐐀',
      )
      const text = fc.string({ unit: letters, maxLength: 12 })
      const begins = /^[\p{L}\p{M}\p{N}\p{Pc}]/u
      const ends = /[\p{L}\p{M}\p{N}\p{Pc}]$/u
      const expression = (keyword: string) => {
        const before = whole && begins.test(keyword) ? `(?<!${WORD})` : ''
        const after = whole && ends.test(keyword) ? `(?!${WORD})` : ''
        return new RegExp(before + keyword + after, 'iu')
      }
      const isBlank = (given: string) => given.trim() === ''
      fc.assert(
        fc.property(text, fc.string({ unit: letters, minLength: 1, maxLength: 3 }), (given, keyword) => {
          fc.pre(!isBlank(given) && !isBlank(keyword))
          expect(found(keyword, given, whole)).toBe(expression(keyword).exec(given)?.[0] ?? null)
        }),
        { numRuns: whole ? 800 : 3_000 },
      )
    },
  )
})

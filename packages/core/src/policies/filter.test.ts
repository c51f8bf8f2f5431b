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

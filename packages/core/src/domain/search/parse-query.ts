/** One word, phrase or filter of a search. */
export interface Term {
  /** `word` for words and phrases, else the name of the operator. */
  kind: 'word' | (typeof OPERATORS)[number]
  value: string
  isNegated: boolean
  /** In quotes: meant as it stands. */
  isExact: boolean
}

const OPERATORS = ['from', 'has', 'is', 'language', 'before', 'after', 'during', 'in'] as const

const TERM = /([+-]?)(?:([a-z]+):(?="|\S))?(?:"([^"]*)"|(\S+))/giu

/**
 * Takes a search apart: words, `"phrases"`, and operators such as `from:somebody`; a leading minus means without. What
 * looks like an operator and is none, for example `http://…`, is a word.
 *
 * @see https://docs.joinmastodon.org/user/network/#search
 */
export function parseQuery(query: string): Term[] {
  const terms: Term[] = []
  for (const [, sign, name, phrase, plain] of query.matchAll(TERM)) {
    const operator = OPERATORS.find((known) => known === name?.toLowerCase())
    const said = (phrase ?? plain ?? '').trim()
    const value = operator || !name ? said : `${name}:${said}`
    if (value !== '') {
      const kind = operator ?? 'word'
      terms.push({ kind, value, isNegated: sign === '-', isExact: phrase !== undefined })
    }
  }
  return terms
}

/** What is being typed just before the caret, if something can be suggested for it. */
export interface Token {
  kind: 'account' | 'hashtag' | 'emoji'
  /** Without its sign. */
  query: string
  start: number
  end: number
}

const MIN_LENGTH = { account: 1, hashtag: 1, emoji: 2 } as const
const TOKENS: [Token['kind'], RegExp][] = [
  ['account', /(?<![\p{L}\p{N}/])@([\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]*)?)$/u],
  ['hashtag', /(?<![\p{L}\p{N}/&])[#＃]([\p{L}\p{N}\p{M}_·]+)$/u],
  ['emoji', /(?<![\p{L}\p{N}:]):([A-Za-z0-9_]+)$/u],
]

/** @param caret where the writer is; a selection has no token */
export function tokenAt(text: string, caret: number): Token | null {
  const before = text.slice(0, caret)
  // Inside a word nothing is being finished.
  if (/^[\p{L}\p{N}_]/u.test(text.slice(caret))) return null
  for (const [kind, pattern] of TOKENS) {
    const query = pattern.exec(before)?.[1]
    if (query && query.length >= MIN_LENGTH[kind])
      return { kind, query, start: caret - query.length - 1, end: caret }
  }
  return null
}

/** Puts a suggestion in place of a token; a space follows it, and the caret stands behind that. */
export function completeToken(
  text: string,
  token: Token,
  replacement: string,
): { text: string; caret: number } {
  const after = text.slice(token.end)
  const inserted = `${replacement}${after.startsWith(' ') ? '' : ' '}`
  const caret = token.start + replacement.length + 1
  return { text: text.slice(0, token.start) + inserted + after, caret }
}

/** What a key does. Those that begin with `status.` act on the post that has the focus. */
export type Action =
  | 'next'
  | 'previous'
  | 'top'
  | 'compose'
  | 'search'
  | 'help'
  | 'back'
  | 'status.open'
  | 'status.reply'
  | 'status.favourite'
  | 'status.reblog'
  | 'status.quote'
  | 'status.bookmark'
  | 'status.profile'
  | 'status.mention'
  | 'status.media'
  | 'status.toggle'
  | 'status.translate'
  | 'go.home'
  | 'go.notifications'
  | 'go.local'
  | 'go.public'
  | 'go.favourites'
  | 'go.bookmarks'
  | 'go.profile'
  | 'go.blocks'
  | 'go.mutes'
  | 'go.requests'

/** Keys in the order they are pressed. Mastodon's, where it has them; `g k` is our own. */
export const BINDINGS: readonly [keys: readonly string[], action: Action][] = [
  [['j'], 'next'],
  [['k'], 'previous'],
  [['0'], 'top'],
  [['n'], 'compose'],
  [['/'], 'search'],
  [['s'], 'search'],
  [['?'], 'help'],
  [['Backspace'], 'back'],
  [['o'], 'status.open'],
  [['Enter'], 'status.open'],
  [['r'], 'status.reply'],
  [['f'], 'status.favourite'],
  [['b'], 'status.reblog'],
  [['q'], 'status.quote'],
  [['d'], 'status.bookmark'],
  [['p'], 'status.profile'],
  [['m'], 'status.mention'],
  [['e'], 'status.media'],
  [['x'], 'status.toggle'],
  [['t'], 'status.translate'],
  [['g', 'h'], 'go.home'],
  [['g', 'n'], 'go.notifications'],
  [['g', 'l'], 'go.local'],
  [['g', 't'], 'go.public'],
  [['g', 'f'], 'go.favourites'],
  [['g', 'k'], 'go.bookmarks'],
  [['g', 'u'], 'go.profile'],
  [['g', 'b'], 'go.blocks'],
  [['g', 'm'], 'go.mutes'],
  [['g', 'r'], 'go.requests'],
]

/** A first key waits this long for its second. */
export const SEQUENCE_MS = 1_000

/** Returns a function that is given each key with its time and answers the action it completes. */
export function createKeyReader(bindings = BINDINGS): (key: string, now: number) => Action | null {
  let first: { key: string; at: number } | null = null
  return (key, now) => {
    const waiting = first && now - first.at <= SEQUENCE_MS ? first.key : null
    first = null
    const pair = waiting && bindings.find(([keys]) => keys[0] === waiting && keys[1] === key)
    if (pair) return pair[1]
    if (bindings.some(([keys]) => keys.length === 2 && keys[0] === key)) first = { key, at: now }
    return bindings.find(([keys]) => keys.length === 1 && keys[0] === key)?.[1] ?? null
  }
}

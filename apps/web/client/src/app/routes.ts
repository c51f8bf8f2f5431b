/** Every screen and what its address says. */
export type Place =
  | { screen: 'home' }
  | { screen: 'public'; kind: 'all' | 'local' }
  | { screen: 'explore'; tab: 'posts' | 'tags' | 'links' | 'people' }
  | { screen: 'directory' }
  | { screen: 'link'; url: string }
  | { screen: 'hashtag'; tag: string }
  | { screen: 'profile'; acct: string; tab: 'posts' | 'replies' | 'media' | 'collections' }
  | { screen: 'collection'; id: string }
  | { screen: 'people'; acct: string; list: 'followers' | 'following' }
  | { screen: 'thread'; acct: string; id: string }
  | { screen: 'interactions'; id: string; kind: 'reblogs' | 'favourites' }
  | { screen: 'notifications'; tab: 'all' | 'mentions' }
  | { screen: 'search' }
  | { screen: 'favourites' }
  | { screen: 'bookmarks' }
  | { screen: 'follow-requests' }
  | { screen: 'blocks' }
  | { screen: 'mutes' }
  | { screen: 'about' }
  | { screen: 'document'; which: 'privacy-policy' | 'terms-of-service'; date?: string }
  /** The composer over the home timeline. */
  | { screen: 'publish' }
  | { screen: 'settings' }
  | { screen: 'shortcuts' }
  | { screen: 'nowhere' }

const FIXED: Record<string, Place> = {
  '/': { screen: 'home' },
  '/home': { screen: 'home' },
  '/getting-started': { screen: 'home' },
  '/public': { screen: 'public', kind: 'all' },
  '/public/local': { screen: 'public', kind: 'local' },
  '/explore': { screen: 'explore', tab: 'posts' },
  '/explore/tags': { screen: 'explore', tab: 'tags' },
  '/explore/links': { screen: 'explore', tab: 'links' },
  '/explore/suggestions': { screen: 'explore', tab: 'people' },
  '/directory': { screen: 'directory' },
  '/notifications': { screen: 'notifications', tab: 'all' },
  '/notifications/mentions': { screen: 'notifications', tab: 'mentions' },
  '/search': { screen: 'search' },
  '/favourites': { screen: 'favourites' },
  '/bookmarks': { screen: 'bookmarks' },
  '/follow_requests': { screen: 'follow-requests' },
  '/blocks': { screen: 'blocks' },
  '/mutes': { screen: 'mutes' },
  '/about': { screen: 'about' },
  '/privacy-policy': { screen: 'document', which: 'privacy-policy' },
  '/terms-of-service': { screen: 'document', which: 'terms-of-service' },
  '/publish': { screen: 'publish' },
  '/share': { screen: 'publish' },
  '/appearance': { screen: 'settings' },
  '/keyboard-shortcuts': { screen: 'shortcuts' },
}

const PATTERNS: [RegExp, (parts: string[]) => Place][] = [
  [
    /^\/terms-of-service\/(\d{4}-\d{2}-\d{2})$/,
    ([date = '']) => ({ screen: 'document', which: 'terms-of-service', date }),
  ],
  [/^\/links\/(.+)$/, ([url = '']) => ({ screen: 'link', url })],
  [/^\/tags\/([^/]+)$/, ([tag = '']) => ({ screen: 'hashtag', tag })],
  [/^\/@([^/]+)$/, ([acct = '']) => ({ screen: 'profile', acct, tab: 'posts' })],
  [/^\/@([^/]+)\/with_replies$/, ([acct = '']) => ({ screen: 'profile', acct, tab: 'replies' })],
  [/^\/@([^/]+)\/collections$/, ([acct = '']) => ({ screen: 'profile', acct, tab: 'collections' })],
  [/^\/collections\/(\d+)$/, ([id = '']) => ({ screen: 'collection', id })],
  [/^\/@([^/]+)\/media$/, ([acct = '']) => ({ screen: 'profile', acct, tab: 'media' })],
  [
    /^\/@([^/]+)\/(followers|following)$/,
    ([acct = '', list]) => ({ screen: 'people', acct, list: list as 'followers' }),
  ],
  [/^\/@([^/]+)\/(\d+)$/, ([acct = '', id = '']) => ({ screen: 'thread', acct, id })],
  [
    /^\/@[^/]+\/(\d+)\/(reblogs|favourites)$/,
    ([id = '', kind]) => ({ screen: 'interactions', id, kind: kind as 'reblogs' }),
  ],
]

/** The place an address stands for. Addresses of the older web client, under `/web`, mean the same. */
export function placeOf(path: string): Place {
  const clean = path.replace(/^\/web(?=\/)/, '').replace(/(.)\/+$/, '$1')
  const fixed = Object.hasOwn(FIXED, clean) ? FIXED[clean] : undefined
  if (fixed) return fixed
  for (const [pattern, place] of PATTERNS) {
    const found = pattern.exec(clean)
    if (found) return place(found.slice(1).map(decode))
  }
  return { screen: 'nowhere' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

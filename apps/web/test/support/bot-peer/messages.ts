/** How a request is signed: draft-cavage-12 or RFC 9421. */
export type Dialect = 'cavage' | 'rfc9421'

/** What the test tells the peer to do; each is answered. */
export type Deed =
  | { deed: 'follow' | 'unfollow'; actor: string }
  | { deed: 'post'; html: string; mention: string }
  | { deed: 'edit'; html: string }
  | { deed: 'delete' }
  | { deed: 'like' | 'unlike' | 'announce'; object: string }
  /** Forgets nothing, but signs from now on as the dialect says and refuses all else. */
  | { deed: 'speak'; dialect: Dialect; to: string }
  /** What the peer makes of a document. */
  | { deed: 'read'; uri: string }
  | { deed: 'collection'; name: 'followers' | 'following' | 'liked' }

export type ToPeer = Deed & { number: number }

/** What the peer tells the test. */
export type FromPeer =
  | { kind: 'ready'; origin: string }
  | { kind: 'done'; number: number; result: unknown }
  | { kind: 'failed'; number: number; error: string }
  /** An activity whose signature held and which reached the bot. */
  | { kind: 'received'; activity: Record<string, unknown> }
  /** A request to one of its inboxes, and how it was answered. */
  | { kind: 'knock'; dialect: Dialect | 'none'; status: number }
  /** A signed request for a document. */
  | { kind: 'signed read'; dialect: Dialect; path: string; status: number }

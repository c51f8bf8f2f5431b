/** What a handler answers; `mount` writes it. */
export type Reply =
  | {
      kind: 'json'
      status: number
      body: unknown
      headers?: Record<string, string>
      /** Nothing was made: a replayed idempotency key, a repeated follow. Does not count against a family limit. */
      isRepeat?: boolean
    }
  | { kind: 'empty'; status: number; headers?: Record<string, string> }
  /** The handler wrote to `res` itself (files, redirects). */
  | { kind: 'written' }

/** 200 with a body. */
export function ok(body: unknown, headers?: Record<string, string>): Reply {
  return { kind: 'json', status: 200, body, ...(headers ? { headers } : {}) }
}

/** Another status with a body: 202 and 206 of media, for one. */
export function answer(status: number, body: unknown, headers?: Record<string, string>): Reply {
  return { kind: 'json', status, body, ...(headers ? { headers } : {}) }
}

/** 200 with `{}`, Mastodon's empty success. */
export function done(): Reply {
  return ok({})
}

/** A status without a body. */
export function nothing(status = 200): Reply {
  return { kind: 'empty', status }
}

export const written: Reply = { kind: 'written' }

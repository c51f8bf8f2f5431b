import type { Ctx } from '@anancus/core/kernel/context'
import type { TokenFacts, Viewer } from '@anancus/core/kernel/viewer'
import type { Permission } from '@anancus/db'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Reply } from './reply.ts'

/**
 * Who may call a route. Scopes are alternatives: one of them (or its parent) is enough.
 *
 * `none`: no token is looked at. `optional`: an unknown token is anonymous, a valid one must carry a scope.
 * `token`: any valid token, user or app. `user`: a functional user's token. `app`: a client-credentials token only.
 * `session`: the cookie of a signed-in browser, with its CSRF token on writes. `allowUnconfirmed` lets in users who
 * have not confirmed their address or were not approved yet.
 */
export type Auth =
  | { kind: 'none' }
  | { kind: 'optional'; scopes: readonly string[]; allowUnconfirmed?: boolean }
  | { kind: 'token'; scopes: readonly string[] }
  | { kind: 'user'; scopes: readonly string[]; allowUnconfirmed?: boolean }
  | { kind: 'app'; scopes: readonly string[] }
  | { kind: 'session' }

export const anyone = (): Auth => ({ kind: 'none' })
export const optional = (...scopes: string[]): Auth => ({ kind: 'optional', scopes })
export const anyToken = (...scopes: string[]): Auth => ({ kind: 'token', scopes })
export const user = (...scopes: string[]): Auth => ({ kind: 'user', scopes })
export const app = (...scopes: string[]): Auth => ({ kind: 'app', scopes })

/** A file of a multipart request, streamed to a temporary file that is removed when the request ends. */
export interface UploadedFile {
  path: string
  filename: string
  /** What the client claims. Never trusted. */
  contentType: string
  bytes: number
}

export interface Call<Params> {
  ctx: Ctx
  /** Path, query and body as one tree, checked by `params`. */
  params: Params
  /** The functional user behind the request. Routes with `user(…)` use `RouteCall.viewer`, which is never null. */
  viewer: Viewer | null
  token: TokenFacts | null
  files: Record<string, UploadedFile>
  req: Request
  res: Response
}

export type UserCall<Params> = Call<Params> & { viewer: Viewer; token: TokenFacts }

/** How long shared caches may keep the answer: `anonymous` is `cacheU`, `everyone` is `cacheA` of the reference. */
export type Caching = 'none' | 'anonymous' | 'everyone'

/**
 * What a successful answer holds, for the API description: an entity of `@anancus/core/entities/types` by its name, one of
 * several (`'Status | ScheduledStatus'`), a list of one (`['Status']`), or a shape of its own as a zod schema. `nothing` is
 * an empty body, `empty` is `{}`, `page` is HTML for people. Every answer a test sees is held against it, and nothing beyond it may be there.
 */
export type Answers = 'nothing' | 'empty' | 'page' | (string & {}) | readonly [string] | z.ZodType

/** A route is data: mounting, docs and tests read it. A `put` is mounted as PATCH too, as Rails does. */
export interface Route<Params extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As in Mastodon's documentation: `/api/v1/statuses/:id`. */
  path: string
  auth: Auth
  /** One of these must be granted by the role of the user; anybody else, the anonymous included, is refused with 403. */
  permissions?: readonly Permission[]
  /** Unknown parameters are ignored; every field says how its string form is read (`http/params.ts`). */
  params: Params
  /** One line for `docs/api.md`. */
  summary: string
  answers: Answers
  /** What other statuses than 200 answer, where the route has such: 202 and 206 of media, a 404 without a body. */
  alsoAnswers?: Readonly<Record<number, Answers>>
  rateLimit?:
    | 'statuses'
    | 'follows'
    | 'reports'
    | 'media'
    | 'deletes'
    | 'sign_ups'
    | 'app_registrations'
    | 'confirmations'
  cache?: Caching
  /** Multipart file fields and their largest size in bytes. A larger file is refused with 413. */
  uploads?: Record<string, number>
  /**
   * Runs before the scope check, for the routes that answer 404 for what is missing or invisible even without a token
   * (most sub-resources of a status). The viewer is there when a valid token was sent. Throw, or let pass.
   */
  lookUp?(call: Call<z.output<Params>>): Promise<void>
  /**
   * Open although the server refuses its API to anonymous visitors; `by-setting`: where it does so by
   * DISALLOW_UNAUTHENTICATED_API_ACCESS, not in a network of its own.
   */
  isExemptFromLockdown?: boolean | 'by-setting'
  handle(call: Call<z.output<Params>>): Promise<Reply>
}

/** A route for anyone or with an optional viewer. */
export function route<Params extends z.ZodType>(definition: Route<Params>): Route {
  return definition as unknown as Route
}

/** A route for a signed-in user: `viewer` and `token` are there. */
export function userRoute<Params extends z.ZodType>(
  definition: Omit<Route<Params>, 'handle' | 'auth'> & {
    auth: Extract<Auth, { kind: 'user' }> | Auth
    handle(call: UserCall<z.output<Params>>): Promise<Reply>
  },
): Route {
  return definition as unknown as Route
}

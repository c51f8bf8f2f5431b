import type { AccountRow, OauthAccessTokenRow, UserRoleRow, UserRow } from '@anancus/db'

/**
 * Who looks. Domain data, so it is passed to every read and never hidden in the context; `null` is an anonymous
 * visitor (or an app-only token, which sees what the anonymous see).
 */
export interface Viewer {
  account: AccountRow
  user: UserRow
  /** The user's own role, or the role everyone has. */
  role: UserRoleRow
}

/** What a request was authenticated by. */
export interface TokenFacts {
  id: string
  scopes: readonly string[]
  applicationId: string | null
  row: OauthAccessTokenRow
}

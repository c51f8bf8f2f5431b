/** @see https://docs.joinmastodon.org/entities/Tag/ */
export interface Tag {
  /** Empty for a tag nobody has used. */
  id: string
  name: string
  url: string
  /** Seven days, newest first; numbers as strings, `day` in unix seconds. */
  history: { day: string; accounts: string; uses: string }[]
  following?: boolean
  featuring?: boolean
}

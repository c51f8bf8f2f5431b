/** @see https://docs.joinmastodon.org/entities/List/ */
export interface List {
  id: string
  title: string
  replies_policy: 'list' | 'followed' | 'none'
  exclusive: boolean
}

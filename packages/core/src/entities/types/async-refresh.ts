/** @see https://docs.joinmastodon.org/entities/AsyncRefresh/ */
export interface AsyncRefresh {
  id: string
  status: 'running' | 'finished'
  result_count: number | null
}

export interface AsyncRefreshAnswer {
  async_refresh: AsyncRefresh
}

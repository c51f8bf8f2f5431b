/**
 * Values that may be lost at any time, in Redis under `cache:`. Every key is built by a function beside its reader, and
 * says who invalidates it.
 */
export interface Cache {
  /** The cached value, or the computed one, kept for `ttlSeconds`. Parallel misses in one process compute once. */
  fetch<T>(key: string, ttlSeconds: number, compute: () => Promise<T>): Promise<T>
  delete(...keys: string[]): Promise<void>
}

import { useCallback, useSyncExternalStore } from 'react'
import type { KeyedStore } from './store.ts'

/** The value under a key, or undefined while there is none (or no key). */
export function useKeyed<T>(store: KeyedStore<T>, key: string | null | undefined): T | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (key ? store.subscribe(key, listener) : () => undefined),
    [store, key],
  )
  return useSyncExternalStore(subscribe, () => (key ? store.get(key) : undefined))
}

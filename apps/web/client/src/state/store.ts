import { useSyncExternalStore } from 'react'

/** A value that can be watched. What a component reads through `useStore` renders again when it changes. */
export interface Store<T> {
  get(): T
  set(next: T | ((current: T) => T)): void
  subscribe(listener: () => void): () => void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      const changed = typeof next === 'function' ? (next as (current: T) => T)(value) : next
      if (Object.is(changed, value)) return
      value = changed
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Many values by key; whoever watches one key is not woken by another. */
export interface KeyedStore<T> {
  get(key: string): T | undefined
  set(key: string, value: T | undefined): void
  keys(): string[]
  entries(): [string, T][]
  subscribe(key: string, listener: () => void): () => void
}

export function createKeyedStore<T>(): KeyedStore<T> {
  const values = new Map<string, T>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (values.get(key) === value) return
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      for (const listener of listeners.get(key) ?? []) listener()
    },
    keys: () => [...values.keys()],
    entries: () => [...values],
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set()
      listeners.set(key, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key)
      }
    },
  }
}

import type { Status } from '@anancus/core/entities/types'

type Watcher = (status: Status) => void
const watchers = new Set<Watcher>()

/** Lets an open thread see statuses as they arrive. Returns how to stop. */
export function watchThreads(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function tellThreads(status: Status): void {
  for (const watcher of watchers) watcher(status)
}

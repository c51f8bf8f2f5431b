import type { Reader } from './readers.ts'

/** One setting: how it is read, which group of the docs it belongs to, and what it means to an operator. */
export interface Setting {
  group: string
  read: Reader<unknown>
  /** Shown in the docs; what happens without it. */
  fallback: string
  meaning: string
  /** Ours, not Mastodon's. */
  ours?: boolean
}

/** A setting as the list of them has it. */
export const define = <T>(
  group: string,
  read: Reader<T>,
  fallback: string,
  meaning: string,
  ours = false,
) => ({
  group,
  read,
  fallback,
  meaning,
  ours,
})

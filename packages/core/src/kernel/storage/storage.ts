import type { Readable } from 'node:stream'

/** A file as a list of a store tells of it. */
export interface StoredObject {
  key: string
  bytes: number
  modifiedAt: Date
}

/** What is to be said of a file that is put. */
export interface PutOptions {
  contentType: string
  /** Bytes, where they are known; a store may then stream what it would have to hold otherwise. */
  length?: number
  /** False: nobody but us may read it (default true). */
  isPublic?: boolean
}

/** Where uploads live: local disk or S3. Keys are Mastodon's paths, `media_attachments/files/000/000/001/original/x.png`. */
export interface Storage {
  /** Writes a file whole or not at all. */
  put(key: string, body: Buffer | Readable, options: PutOptions): Promise<void>
  /** @throws NotFoundError no such key */
  get(key: string): Promise<{ body: Readable; contentType: string; length: number }>
  /** What a store knows of a file; null where there is none. */
  stat(key: string): Promise<StoredObject | null>
  /** Deletes what is there; a missing key is no error. */
  delete(keys: readonly string[]): Promise<void>
  /** Lets everybody read files, or nobody but us; a missing key is no error. */
  setPublic(keys: readonly string[], isPublic: boolean): Promise<void>
  /** The public address of a key. */
  url(key: string): string
  /**
   * An address under which somebody may read a file that is not public, for so many seconds. Null where a store has no
   * such addresses: then `get` is to be streamed to whom may have it.
   */
  signedUrl(key: string, seconds: number): Promise<string | null>
  /**
   * All files whose keys begin with `prefix`, in pages of at most a thousand, in the order of the bytes of their keys.
   *
   * @param options.startAfter a key, there or not: only what follows it
   */
  list(options?: { prefix?: string; startAfter?: string }): AsyncIterable<StoredObject[]>
}

export type StoreName = 'local' | 's3'

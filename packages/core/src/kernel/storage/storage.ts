import type { Readable } from 'node:stream'

/** Where uploads live: local disk or S3. Keys are Mastodon's paths, `media_attachments/files/000/000/001/original/x.png`. */
export interface Storage {
  /** Writes a file whole or not at all. */
  put(key: string, body: Buffer | Readable, options: { contentType: string; length?: number }): Promise<void>
  /** @throws NotFoundError no such key */
  get(key: string): Promise<{ body: Readable; contentType: string; length: number }>
  /** Deletes what is there; a missing key is no error. */
  delete(keys: readonly string[]): Promise<void>
  /** Lets everybody read files, or nobody but us; a missing key is no error. */
  setPublic(keys: readonly string[], isPublic: boolean): Promise<void>
  /** The public address of a key. */
  url(key: string): string
}

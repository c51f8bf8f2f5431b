import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs work on bytes that need to be a file, and removes the file whatever happens. */
export async function withTemporaryFile<T>(bytes: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  return withTemporaryPath(async (path) => {
    await writeFile(path, bytes, { mode: 0o600, flag: 'wx' })
    return work(path)
  })
}

/** Runs work with a path for a file of its own, and removes what lies there whatever happens. */
export async function withTemporaryPath<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = join(tmpdir(), `anancus-media-${randomUUID()}`)
  try {
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

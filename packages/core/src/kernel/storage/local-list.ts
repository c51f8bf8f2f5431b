import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredObject } from './storage.ts'

const PAGE = 1_000

/**
 * Walks a folder in the order in which S3 lists keys, a page at a time. What begins with a dot is not ours; a folder that
 * goes away meanwhile has nothing.
 */
export async function* listFolder(
  root: string,
  { prefix = '', startAfter = '' }: { prefix?: string; startAfter?: string } = {},
): AsyncGenerator<StoredObject[]> {
  let page: StoredObject[] = []
  for await (const key of keysIn(root, '', { prefix, startAfter })) {
    const found = await stat(join(root, key)).catch(orNothing)
    if (!found?.isFile()) continue
    page.push({ key, bytes: found.size, modifiedAt: found.mtime })
    if (page.length < PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

interface Wanted {
  prefix: string
  startAfter: string
}

async function* keysIn(root: string, folder: string, wanted: Wanted): AsyncGenerator<string> {
  for (const name of await namesIn(join(root, folder))) {
    const key = folder + name
    if (name.endsWith('/')) {
      if (mayHold(key, wanted)) yield* keysIn(root, key, wanted)
    } else if (key.startsWith(wanted.prefix) && isAfter(key, wanted.startAfter)) yield key
  }
}

/** Folders with a slash at the end, so that they sort as their files' keys do. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(orNothing)) ?? []
  return entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
    .map((entry: Dirent) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((one, other) => (isAfter(one, other) ? 1 : -1))
}

/** Whether a folder can have keys that are wanted: whole branches are left out unread. */
function mayHold(folder: string, { prefix, startAfter }: Wanted): boolean {
  if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) return false
  return startAfter.startsWith(folder) || isAfter(folder, startAfter)
}

/** S3 compares bytes, JavaScript halves of surrogate pairs: they differ beyond the names we make. */
function isAfter(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0
}

function orNothing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

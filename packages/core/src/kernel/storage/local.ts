import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type Stats } from 'node:fs'
import { chmod, mkdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { InvariantError, NotFoundError } from '../errors.ts'
import { contentTypeOf } from './content-types.ts'
import { listFolder } from './local-list.ts'
import type { Storage } from './storage.ts'

/** Half-written files, below the root so that the rename stays on one file system; never served. */
const WORK_FOLDER = '.incoming'

const PLACE_TRIES = 5

/** What everybody may read, and what is kept for us: neither this server nor another before it shows that. */
const PUBLIC_MODE = 0o644
export const HIDDEN_MODE = 0o400

/**
 * Keeps files on local disk under PAPERCLIP_ROOT_PATH, in Mastodon's layout, so that an existing folder can be used.
 * A file is written aside, flushed and renamed: readers see all of it or nothing.
 */
export function createLocalStorage(config: Config): Storage {
  const root = resolve(config.env.PAPERCLIP_ROOT_PATH)
  const base = publicBase(config)
  return {
    put: (key, body, { isPublic = true }) => write(root, key, body, isPublic),
    get: async (key) => read(pathOf(root, key), key),
    stat: async (key) => {
      const found = await fileAt(pathOf(root, key))
      return found && { key, bytes: found.size, modifiedAt: found.mtime }
    },
    delete: async (keys) => {
      await Promise.all(keys.map((key) => remove(root, pathOf(root, key))))
    },
    setPublic: async (keys, isPublic) => {
      await Promise.all(keys.map((key) => setMode(pathOf(root, key), isPublic ? PUBLIC_MODE : HIDDEN_MODE)))
    },
    url: (key) => `${base}/${encodeKey(key)}`,
    signedUrl: async () => null,
    list: (options) => listFolder(root, options),
  }
}

/** The file of a key. @throws InvariantError a key that leads out of the folder */
export function pathOf(root: string, key: string): string {
  const path = resolve(root, key)
  if (!path.startsWith(root + sep) || key.includes('\0')) throw new InvariantError(`bad storage key ${key}`)
  return path
}

/** A key as a path of an address. */
export function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

function publicBase(config: Config): string {
  const rootUrl = config.env.PAPERCLIP_ROOT_URL.replace(/(?<!\/)\/+$/, '')
  if (/^https?:\/\//.test(rootUrl)) return rootUrl
  const host = config.env.CDN_HOST?.replace(/(?<!\/)\/+$/, '') ?? config.baseUrl
  return `${host}${rootUrl.startsWith('/') ? '' : '/'}${rootUrl}`
}

async function write(root: string, key: string, body: Buffer | Readable, isPublic: boolean): Promise<void> {
  const target = pathOf(root, key)
  const aside = join(root, WORK_FOLDER, randomUUID())
  await mkdir(dirname(aside), { recursive: true })
  try {
    await pipeline(
      Buffer.isBuffer(body) ? Readable.from([body]) : body,
      createWriteStream(aside, { flush: true }),
    )
    if (!isPublic) await chmod(aside, HIDDEN_MODE)
    await place(aside, target)
  } finally {
    await rm(aside, { force: true })
  }
}

/** Tries again where somebody who deleted the last file of a folder took the folder away meanwhile. */
async function place(aside: string, target: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await mkdir(dirname(target), { recursive: true })
    try {
      return await rename(aside, target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === PLACE_TRIES) throw error
    }
  }
}

/** Deletes a file, and the folders that are empty without it. */
async function remove(root: string, path: string): Promise<void> {
  await rm(path, { force: true })
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    )
    if (!isGone) return
  }
}

async function setMode(path: string, mode: number): Promise<void> {
  await chmod(path, mode).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
  })
}

async function read(
  path: string,
  key: string,
): Promise<{ body: Readable; contentType: string; length: number }> {
  const found = await fileAt(path)
  if (!found) throw new NotFoundError()
  return { body: createReadStream(path), contentType: contentTypeOf(key), length: found.size }
}

async function fileAt(path: string): Promise<Stats | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  return found?.isFile() ? found : null
}

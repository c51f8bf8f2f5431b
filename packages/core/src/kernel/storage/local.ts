import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config.ts'
import { InvariantError, NotFoundError } from '../errors.ts'
import { contentTypeOf } from './content-types.ts'
import type { Storage } from './storage.ts'

/** Half-written files, below the root so that the rename stays on one file system; never served. */
const WORK_FOLDER = '.incoming'

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
    put: (key, body) => write(root, key, body),
    get: async (key) => read(pathOf(root, key), key),
    delete: async (keys) => {
      await Promise.all(keys.map((key) => rm(pathOf(root, key), { force: true })))
    },
    setPublic: async (keys, isPublic) => {
      await Promise.all(keys.map((key) => setMode(pathOf(root, key), isPublic ? PUBLIC_MODE : HIDDEN_MODE)))
    },
    url: (key) => `${base}/${encodeKey(key)}`,
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

async function write(root: string, key: string, body: Buffer | Readable): Promise<void> {
  const target = pathOf(root, key)
  const aside = join(root, WORK_FOLDER, randomUUID())
  await mkdir(dirname(aside), { recursive: true })
  await mkdir(dirname(target), { recursive: true })
  try {
    await pipeline(
      Buffer.isBuffer(body) ? Readable.from([body]) : body,
      createWriteStream(aside, { flush: true }),
    )
    await rename(aside, target)
  } finally {
    await rm(aside, { force: true })
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
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (!found?.isFile()) throw new NotFoundError()
  return { body: createReadStream(path), contentType: contentTypeOf(key), length: found.size }
}

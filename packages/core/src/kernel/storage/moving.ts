import type { Config } from '../config.ts'
import { NotFoundError } from '../errors.ts'
import { encodeKey } from './local.ts'
import type { Storage } from './storage.ts'

/**
 * Two stores while files move from one to the other: new ones go to `main`, and what is not there yet is read where it
 * was. Files change their place at any moment, so their addresses are those of our own web server, which looks.
 */
export function createMovingStorage(config: Config, main: Storage, old: Storage): Storage {
  const base = `${config.baseUrl}${storedFilesPath(config)}`
  return {
    put: (key, body, options) => main.put(key, body, options),
    get: (key) => firstOf(key, [main, old, main]),
    stat: async (key) => (await main.stat(key)) ?? (await old.stat(key)) ?? main.stat(key),
    // The old one first: the mover leaves alone what is gone there.
    delete: async (keys) => {
      await old.delete(keys)
      await main.delete(keys)
    },
    setPublic: async (keys, isPublic) => {
      await old.setPublic(keys, isPublic)
      await main.setPublic(keys, isPublic)
    },
    url: (key) => `${base}/${encodeKey(key)}`,
    signedUrl: async (key, seconds) => {
      const place = (await main.stat(key)) ? main : old
      return place.signedUrl(key, seconds)
    },
    list: (options) => main.list(options),
  }
}

/** The path under which the web server shows stored files, without a slash at its end. */
export function storedFilesPath(config: Config): string {
  const path = config.env.PAPERCLIP_ROOT_URL.replace(/(?<!\/)\/+$/, '')
  return path.startsWith('/') ? path : '/system'
}

/** The first store is asked again at the end: a file that was in neither may have moved between the two looks. */
async function firstOf(key: string, stores: readonly Storage[]): ReturnType<Storage['get']> {
  for (const store of stores) {
    try {
      return await store.get(key)
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
    }
  }
  throw new NotFoundError()
}

import type { StatsFs } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Config } from '../config.ts'

/** Bytes that are free for us on the disk of our files; null where they are in S3, which has no end. */
export async function freeSpace(config: Config): Promise<number | null> {
  if (config.env.S3_ENABLED) return null
  const { bavail, bsize } = await statExisting(resolve(config.env.PAPERCLIP_ROOT_PATH))
  return bavail * bsize
}

/** The folder is made with the first file: until then what it will be made in counts. */
async function statExisting(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) throw error
    return statExisting(dirname(folder))
  }
}

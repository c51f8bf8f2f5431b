import { join } from 'node:path'

/** The top of the repository. */
export const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')

/** `linux-x64` and the like, as the platform packages of npm are named. */
export const PLATFORM = `${process.platform}-${process.arch}`

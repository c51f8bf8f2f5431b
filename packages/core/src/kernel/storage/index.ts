import type { Config } from '../config.ts'
import { createLocalStorage } from './local.ts'
import { createS3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

export * from './content-types.ts'
export { HIDDEN_MODE } from './local.ts'
export type { Storage } from './storage.ts'

/** Where this instance keeps its files: S3 with S3_ENABLED, else local disk. Nothing is opened before the first use. */
export function createStorage(config: Config): Storage {
  return config.env.S3_ENABLED ? createS3Storage(config) : createLocalStorage(config)
}

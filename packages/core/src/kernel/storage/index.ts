import type { Config } from '../config.ts'
import { createLocalStorage } from './local.ts'
import { createMovingStorage } from './moving.ts'
import { createS3Storage } from './s3.ts'
import type { Storage, StoreName } from './storage.ts'

export * from './content-types.ts'
export { HIDDEN_MODE } from './local.ts'
export { storedFilesPath } from './moving.ts'
export type { PutOptions, Storage, StoredObject, StoreName } from './storage.ts'

/**
 * Where this instance keeps its files: S3 with S3_ENABLED, else local disk; with what still lies where they are moved from.
 * Nothing is opened before the first use.
 */
export function createStorage(config: Config): Storage {
  const main = createStore(config, mainStore(config))
  const { MEDIA_MOVING_FROM: from } = config.env
  return from === 'none' ? main : createMovingStorage(config, main, createStore(config, from))
}

/** One store of the two, whichever is the instance's. */
export function createStore(config: Config, name: StoreName): Storage {
  return name === 's3' ? createS3Storage(config) : createLocalStorage(config)
}

/** The store that new files go to. */
export function mainStore(config: Config): StoreName {
  return config.env.S3_ENABLED ? 's3' : 'local'
}

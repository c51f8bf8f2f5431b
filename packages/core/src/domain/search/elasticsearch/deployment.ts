import type { IndexName } from './indices.ts'

/** What `tootctl search deploy` was told to do. */
export interface Deployment {
  /** Which indices; all unless told. */
  only?: readonly IndexName[]
  /** Requests at a time. */
  concurrency: number
  /** Documents of one request. */
  batchSize: number
  /** Fill the indices from the database. */
  isImporting: boolean
  /** Take out what the database knows no more. */
  isCleaning: boolean
  /** Change the mapping of the indices that are there, and nothing else. */
  isMappingOnly: boolean
  /** Begin anew instead of going on where an unfinished deployment ended. */
  isStartingAnew: boolean
  onProgress(index: IndexName, done: number, total: number): void
}

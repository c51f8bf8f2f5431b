import { type StorageUse, storageUse } from '@anancus/db/queries/stored-files'
import type { Ctx } from '../../kernel/context.ts'

export type { StorageUse } from '@anancus/db/queries/stored-files'

/** How much room the files of each kind take, as their rows say. Reads whole tables. */
export const readStorageUse = (ctx: Ctx): Promise<StorageUse[]> => storageUse(ctx.db)

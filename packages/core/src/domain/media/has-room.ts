import type { Ctx } from '../../kernel/context.ts'
import { freeSpace } from '../../kernel/storage/free-space.ts'

/**
 * Whether copies of remote files may be stored. Not while less than MEDIA_DISK_FLOOR is free: what is left of the disk is
 * for the database then, and for what people here upload. One look at the disk.
 */
export async function hasRoom(ctx: Ctx): Promise<boolean> {
  const free = await freeSpace(ctx.config)
  if (free === null || free >= ctx.config.env.MEDIA_DISK_FLOOR) return true
  ctx.log.warn(
    { free, floor: ctx.config.env.MEDIA_DISK_FLOOR },
    'too little disk is free to copy remote files',
  )
  return false
}

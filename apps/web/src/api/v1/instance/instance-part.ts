import type { Ctx } from '@anancus/core/kernel/context'
import { anyone } from '../../../http/route.ts'

/** What the parts of the instance document have in common: open to everyone, the same for everyone. */
export const instancePart = {
  method: 'get',
  auth: anyone(),
  cache: 'everyone',
  isExemptFromLockdown: 'by-setting',
} as const

/** Servers of a closed network tell nobody whom they know. */
export function tellsNobody(ctx: Ctx): boolean {
  return ctx.config.env.LIMITED_FEDERATION_MODE
}

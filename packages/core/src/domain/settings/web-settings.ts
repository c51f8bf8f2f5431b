import type { UserRow } from '@anancus/db'
import { upsertWebSettings, webSettingsOf } from '@anancus/db/queries/settings'
import type { Ctx } from '../../kernel/context.ts'
import { PayloadTooLargeError } from '../../kernel/errors.ts'

const MAX_BYTES = 256 * 1024

/** What the bundled web client keeps for itself: column layout, filters, used emojis. Nobody else reads it. */
export async function readWebSettings(ctx: Ctx, user: Pick<UserRow, 'id'>): Promise<unknown> {
  return webSettingsOf(ctx.db, user.id)
}

/** @throws PayloadTooLargeError more than 256 KiB */
export async function saveWebSettings(ctx: Ctx, user: Pick<UserRow, 'id'>, data: unknown): Promise<void> {
  if (Buffer.byteLength(JSON.stringify(data)) > MAX_BYTES) throw new PayloadTooLargeError()
  await upsertWebSettings(ctx.db, user.id, data)
}

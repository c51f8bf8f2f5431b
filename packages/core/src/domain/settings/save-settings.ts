import { upsertSettings } from '@anancus/db/queries/settings'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { afterCommit } from '../../kernel/transaction.ts'
import { type InstanceSettings, instanceSettings, type SettingKey } from './instance.ts'
import { SETTINGS_CACHE_KEY } from './read-settings.ts'

/**
 * Changes instance settings, at once for every process.
 *
 * @throws ValidationError a value is not one of its kind; nothing is saved then
 */
export async function saveSettings(ctx: Ctx, values: Partial<InstanceSettings>): Promise<void> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  for (const [key, value] of entries) {
    if (!instanceSettings[key as SettingKey]?.accepts(value))
      throw ValidationError.failed(`${key} is not a valid setting`)
  }
  if (entries.length === 0) return
  await upsertSettings(
    ctx.db,
    Object.fromEntries(entries.map(([key, value]) => [key, JSON.stringify(value)])),
  )
  await afterCommit(ctx, () => ctx.cache.delete(SETTINGS_CACHE_KEY))
}

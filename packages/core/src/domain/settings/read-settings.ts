import { allSettings } from '@anancus/db/queries/settings'
import type { Ctx } from '../../kernel/context.ts'
import { type InstanceSettings, instanceSettings, type SettingKey } from './instance.ts'

const TTL_SECONDS = 300

/** Dropped by `save-settings`. */
export const SETTINGS_CACHE_KEY = 'settings'

/** All instance settings, from the cache or by one statement. */
export async function readSettings(ctx: Ctx): Promise<InstanceSettings> {
  const stored = await ctx.cache.fetch(SETTINGS_CACHE_KEY, TTL_SECONDS, async () =>
    Object.fromEntries((await allSettings(ctx.db)).map((row) => [row.var, row.value])),
  )
  return Object.fromEntries(
    Object.entries(instanceSettings).map(([key, definition]) => {
      const value = parse(stored[key])
      return [key, definition.accepts(value) ? value : definition.fallback]
    }),
  ) as InstanceSettings
}

/** One instance setting; what is stored but no longer understood counts as not set. */
export async function getSetting<Key extends SettingKey>(ctx: Ctx, key: Key): Promise<InstanceSettings[Key]> {
  return (await readSettings(ctx))[key]
}

function parse(text: string | null | undefined): unknown {
  if (text === null || text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined // written by hand or by another program: the default holds
  }
}

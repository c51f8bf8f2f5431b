import type { UserRow } from '@anancus/db'
import { updatePreferences } from '@anancus/db/queries/settings'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import {
  preferenceDefinitions,
  type PreferenceKey,
  type Preferences,
  storedPreferences,
} from './preferences.ts'

/**
 * Changes some of a user's preferences; the others stay, unknown ones of an imported database too.
 *
 * @returns the user as it is now
 * @throws ValidationError a value is not one of its kind; nothing is saved then
 */
export async function savePreferences(
  ctx: Ctx,
  user: UserRow,
  patch: Partial<Preferences>,
): Promise<UserRow> {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined)
  for (const [key, value] of entries) {
    if (!preferenceDefinitions[key as PreferenceKey]?.accepts(value))
      throw ValidationError.failed(`${key} is not a valid preference`)
  }
  const settings = JSON.stringify({ ...storedPreferences(user), ...Object.fromEntries(entries) })
  await updatePreferences(ctx.db, user.id, settings)
  return { ...user, settings }
}

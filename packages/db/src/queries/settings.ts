import type { Db } from '../connection.ts'
import type { SettingRow, UserRow, WebSettingRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

const all = statement<Pick<SettingRow, 'var' | 'value'>>('settings', 'select var, value from settings')

const save = statement(
  'save_settings',
  `insert into settings (var, value)
   select * from unnest($1::text[], $2::text[])
   on conflict (var) do update set value = excluded.value, updated_at = now()`,
)

const savePreferencesOf = statement<{ settings: string | null }>(
  'save_preferences',
  'update users set settings = $2, updated_at = now() where id = $1 returning settings',
)

const saveUserColumns = statement<Pick<UserRow, 'locale' | 'time_zone' | 'chosen_languages'>>(
  'save_user_languages',
  `update users set locale = $2, time_zone = $3, chosen_languages = $4, updated_at = now() where id = $1
   returning locale, time_zone, chosen_languages`,
)

const webSettings = statement<Pick<WebSettingRow, 'data'>>(
  'web_settings',
  'select data from web_settings where user_id = $1',
)

const saveWeb = statement(
  'save_web_settings',
  `insert into web_settings (user_id, data) values ($1, $2)
   on conflict (user_id) do update set data = excluded.data, updated_at = now()`,
)

/** Every stored instance setting: its name and its JSON. */
export async function allSettings(db: Db): Promise<Pick<SettingRow, 'var' | 'value'>[]> {
  return all(db, [])
}

/** Stores instance settings; `values` are JSON texts by name. */
export async function upsertSettings(db: Db, values: Readonly<Record<string, string>>): Promise<void> {
  await save(db, [Object.keys(values), Object.values(values)])
}

/** Stores the preferences of a user, a JSON text. */
export async function updatePreferences(db: Db, userId: string, json: string): Promise<void> {
  await savePreferencesOf(db, [userId, json])
}

/** Stores interface language, time zone and languages of public feeds. */
export async function updateUserLanguages(
  db: Db,
  userId: string,
  values: Pick<UserRow, 'locale' | 'time_zone' | 'chosen_languages'>,
): Promise<void> {
  await saveUserColumns(db, [userId, values.locale, values.time_zone, values.chosen_languages])
}

/** What the web client stored for itself, or null. */
export async function webSettingsOf(db: Db, userId: string): Promise<unknown> {
  return (await webSettings(db, [userId]))[0]?.data ?? null
}

export async function upsertWebSettings(db: Db, userId: string, data: unknown): Promise<void> {
  await saveWeb(db, [userId, JSON.stringify(data)])
}

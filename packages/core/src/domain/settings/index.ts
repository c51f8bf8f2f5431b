export { type InstanceSettings, instanceSettings, type SettingKey } from './instance.ts'
export {
  defaultLanguageOf,
  defaultPrivacyOf,
  type PreferenceKey,
  type Preferences,
  preferenceDefinitions,
  preferencesOf,
} from './preferences.ts'
export { getSetting, readSettings } from './read-settings.ts'
export { savePreferences } from './save-preferences.ts'
export { saveSettings } from './save-settings.ts'
export { readWebSettings, saveWebSettings } from './web-settings.ts'

import { LANGUAGE_CODES } from '../../kernel/i18n/languages.ts'

/** Languages a status can have, with their English names. */
export function readLanguages(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })
  return LANGUAGE_CODES.map((code) => ({ code, name: names.of(code) ?? code }))
}

import { LANGUAGE_CODES } from '../../kernel/i18n/languages.ts'

/** Languages a status can have, with their English and their own names. */
export function readLanguages(): { code: string; name: string; ownName: string }[] {
  return LANGUAGE_CODES.map((code) => ({
    code,
    name: nameOf(code, 'en'),
    ownName: nameOf(code, code === 'zh-YUE' ? 'yue' : code),
  }))
}

/** The English name of a language; a code nobody knows stays a code. */
export function languageName(code: string): string {
  try {
    return code === 'und' ? code : nameOf(code, 'en')
  } catch (error) {
    if (error instanceof RangeError) return code
    throw error
  }
}

/** Names that `Intl` lacks, or gives to another language as well. */
const OTHER_NAMES: Readonly<Record<string, string>> = { ldn: 'Láadan', tw: 'Twi', zba: 'Balaibalan' }

/** The name of a language in another; Cantonese goes by the name `Intl` knows, `zh-YUE` is no tag to it. */
function nameOf(code: string, inLanguage: string): string {
  if (Object.hasOwn(OTHER_NAMES, code)) return OTHER_NAMES[code] ?? code
  const names = new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' })
  return names.of(code === 'zh-YUE' ? 'yue' : code) ?? code
}

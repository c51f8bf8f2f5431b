import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { MailWords } from './words.ts'

const WORDS = { de, en, es, fr } satisfies Record<string, MailWords>

export type MailLanguage = keyof typeof WORDS

/** The languages in which mails are written. */
export const MAIL_LANGUAGES = Object.keys(WORDS) as readonly MailLanguage[]

/** The first of these locales (`es-MX`) whose language mails are written in, else English. */
export function mailLanguage(...locales: readonly (string | null | undefined)[]): MailLanguage {
  for (const locale of locales) {
    const language = MAIL_LANGUAGES.find((known) => known === locale?.split('-')[0])
    if (language) return language
  }
  return 'en'
}

export function mailWords(language: MailLanguage): MailWords {
  return WORDS[language]
}

/** Puts values into words; a value is never read for placeholders itself. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  )
}

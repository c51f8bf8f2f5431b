import type { NotificationType } from '../../../entities/types/index.ts'
import { it, ja, nl, pt } from './more-words.ts'
import { de, en, es, fr, type TitleWords } from './words.ts'

const WORDS: Readonly<Record<string, TitleWords>> = { de, en, es, fr, it, ja, nl, pt }

/** The headline of a notification in the language of a locale (`pt-BR`), or in English where we lack its words. */
export function pushTitle(locale: string, type: NotificationType, name: string): string {
  const [language = ''] = locale.split('-')
  const words = (Object.hasOwn(WORDS, language) ? WORDS[language] : undefined) ?? en
  return words[type].replace('{name}', () => name)
}

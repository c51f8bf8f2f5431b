import { preferredLocale } from './locale.ts'

it.each<[string | undefined, string | null]>([
  [undefined, null],
  ['', null],
  ['de', 'de'],
  ['DE-de,de;q=0.9,en;q=0.8', 'de'],
  ['en;q=0.3, fr;q=0.7', 'fr'],
  ['pt-br', 'pt-BR'],
  ['tlh, ja;q=0.1', 'ja'],
  ['de;q=0, en', 'en'],
  ['*', null],
  ['zh-TW;q=nonsense,es', 'es'],
])('%s prefers %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})

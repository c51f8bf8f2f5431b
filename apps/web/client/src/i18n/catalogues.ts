import en from './locales/en.json'

export type Messages = typeof en

/** One file a language, `locales/<code>.json`, fetched when it is the reader's. */
const catalogues = import.meta.glob<Partial<Messages>>(['./locales/*.json', '!./locales/en.json'], {
  import: 'default',
})

/** The catalogue of a locale, of its language, or null where there is only English. */
function catalogueOf(locale: string) {
  const language = locale.split('-')[0]
  return catalogues[`./locales/${locale}.json`] ?? catalogues[`./locales/${language}.json`] ?? null
}

/** The words of a language; what is not translated yet stays English, and so does all when they cannot be fetched. */
export async function loadMessages(locale: string): Promise<Messages> {
  const load = catalogueOf(locale)
  return load ? { ...en, ...(await load().catch(() => ({}))) } : en
}

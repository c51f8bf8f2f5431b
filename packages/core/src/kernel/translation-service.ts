import type { Config } from './config.ts'

/** Which service translates, by the settings; null for none. DeepL wins. */
export function translationServiceName({ env }: Pick<Config, 'env'>): 'deepl' | 'libretranslate' | null {
  if (env.DEEPL_API_KEY) return 'deepl'
  return env.LIBRE_TRANSLATE_ENDPOINT ? 'libretranslate' : null
}

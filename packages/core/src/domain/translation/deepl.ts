import type { Ctx } from '../../kernel/context.ts'
import { TRANSLATION_DEADLINE_MS } from './limits.ts'
import { answerOf, isHash, type LanguagePairs, type TranslationService, unexpected } from './answer.ts'

const QUOTA_USED_UP = 456
/** Still taken, though its list names their regional forms alone. */
const UNLISTED_TARGETS = ['en', 'pt']

/** @see https://developers.deepl.com/docs/api-reference/translate */
export const deepl: TranslationService = {
  provider: 'DeepL.com',

  async translate(ctx, texts, source, target) {
    const form = new URLSearchParams(texts.map((text): [string, string] => ['text', text]))
    if (source) form.set('source_lang', source.toUpperCase())
    form.set('target_lang', target)
    form.set('tag_handling', 'html')
    const answer = await ask(ctx, '/v2/translate', form)
    const translations = isHash(answer) ? answer.translations : undefined
    if (!Array.isArray(translations) || translations.length !== texts.length)
      throw unexpected('not one translation for each text')
    return translations.map((item: unknown) => {
      if (!isHash(item) || typeof item.text !== 'string') throw unexpected('a translation without text')
      const detected = item.detected_source_language
      return {
        markup: item.text,
        detectedLanguage: typeof detected === 'string' ? detected.toLowerCase() : null,
      }
    })
  },

  async languages(ctx) {
    const [sources, targets] = await Promise.all([listed(ctx, 'source'), listed(ctx, 'target')])
    const all = [...UNLISTED_TARGETS, ...targets]
    const pairs: LanguagePairs = { '': all }
    for (const source of sources) pairs[source] = all.filter((language) => language !== source)
    return pairs
  },
}

async function listed(ctx: Ctx, type: 'source' | 'target'): Promise<string[]> {
  const answer = await ask(ctx, `/v2/languages?type=${type}`)
  if (!Array.isArray(answer)) throw unexpected('no list of languages')
  return answer.flatMap((item: unknown) =>
    isHash(item) && typeof item.language === 'string' ? [ourSpelling(item.language)] : [],
  )
}

/** `PT-BR` is `pt-BR` here. */
function ourSpelling(code: string): string {
  const [language = '', region] = code.split(/[_-]/)
  return region ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase()
}

async function ask({ config, http }: Ctx, path: string, form?: URLSearchParams): Promise<unknown> {
  const host = config.env.DEEPL_PLAN === 'free' ? 'api-free.deepl.com' : 'api.deepl.com'
  const authorization = `DeepL-Auth-Key ${config.env.DEEPL_API_KEY}`
  const response = await http.request({
    method: form ? 'POST' : 'GET',
    url: `https://${host}${path}`,
    headers: { authorization, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(form ? { body: form.toString() } : {}),
    maxRedirects: 0,
    deadlineMs: TRANSLATION_DEADLINE_MS,
  })
  return answerOf(response, QUOTA_USED_UP)
}

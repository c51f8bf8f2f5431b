import type { Ctx } from '../../kernel/context.ts'
import { TRANSLATION_DEADLINE_MS } from './limits.ts'
import { answerOf, isHash, type LanguagePairs, type TranslationService, unexpected } from './answer.ts'

const QUOTA_USED_UP = 403

/** @see https://docs.libretranslate.com/api/operations/translate/ */
export const libreTranslate: TranslationService = {
  provider: 'LibreTranslate',

  async translate(ctx, texts, source, target) {
    const { LIBRE_TRANSLATE_API_KEY: key } = ctx.config.env
    const answer = await ask(ctx, '/translate', {
      q: texts,
      source: source || 'auto',
      target,
      format: 'html',
      ...(key ? { api_key: key } : {}),
    })
    const translated = isHash(answer) ? answer.translatedText : undefined
    if (!Array.isArray(translated) || translated.length !== texts.length)
      throw unexpected('not one translation for each text')
    return translated.map((markup: unknown, index) => {
      if (typeof markup !== 'string') throw unexpected('a translation that is no text')
      return { markup, detectedLanguage: detectedIn(answer, index) }
    })
  },

  async languages(ctx) {
    const answer = await ask(ctx, '/languages')
    if (!Array.isArray(answer)) throw unexpected('no list of languages')
    const pairs: LanguagePairs = {}
    for (const item of answer as unknown[]) {
      if (!isHash(item) || typeof item.code !== 'string' || !Array.isArray(item.targets)) continue
      const { code, targets } = item
      pairs[code] = targets.filter(
        (target): target is string => typeof target === 'string' && target !== code,
      )
    }
    return { '': [...new Set(Object.values(pairs).flat())].sort(), ...pairs }
  },
}

/** What the service took the text to be in, when it was not told. */
function detectedIn(answer: unknown, index: number): string | null {
  const detected = isHash(answer) ? answer.detectedLanguage : undefined
  const item: unknown = Array.isArray(detected) ? detected[index] : detected
  return isHash(item) && typeof item.language === 'string' ? item.language : null
}

async function ask({ config, http }: Ctx, path: string, body?: object): Promise<unknown> {
  const base = (config.env.LIBRE_TRANSLATE_ENDPOINT ?? '').replace(/\/$/, '')
  const response = await http.request({
    method: body ? 'POST' : 'GET',
    url: `${base}${path}`,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    isOperatorsOwn: true,
    deadlineMs: TRANSLATION_DEADLINE_MS,
  })
  return answerOf(response, QUOTA_USED_UP)
}

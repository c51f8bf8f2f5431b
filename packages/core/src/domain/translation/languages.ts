import type { Ctx } from '../../kernel/context.ts'
import { translationServiceName } from '../../kernel/translation-service.ts'
import { LANGUAGES_CACHE_SECONDS } from './limits.ts'
import type { LanguagePairs, TranslationService } from './answer.ts'
import { configuredService } from './service.ts'

/** What a service can translate; expires by itself. */
const cacheKey = (ctx: Ctx) => `translation_service/languages/${translationServiceName(ctx.config)}`

/** What the service can translate, remembered for a week. @throws UnavailableError it does not say now */
export function languagePairs(ctx: Ctx, service: TranslationService): Promise<LanguagePairs> {
  return ctx.cache.fetch(cacheKey(ctx), LANGUAGES_CACHE_SECONDS, () => service.languages(ctx))
}

/**
 * Target languages by source language, `und` for an unknown one; nothing without a service.
 *
 * @throws UnavailableError the service does not say now
 * @see https://docs.joinmastodon.org/methods/instance/#translation_languages
 */
export async function readTranslationLanguages(ctx: Ctx): Promise<Record<string, string[]>> {
  const service = configuredService(ctx)
  if (!service) return {}
  const { '': unknown, ...known } = await languagePairs(ctx, service)
  return { ...known, ...(unknown ? { und: unknown } : {}) }
}

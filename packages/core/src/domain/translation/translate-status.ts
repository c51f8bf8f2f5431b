import { createHash } from 'node:crypto'
import { renderStatus } from '../../entities/index.ts'
import type { Status, Translation } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import { translationServiceName } from '../../kernel/translation-service.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { languagePairs } from './languages.ts'
import { TRANSLATION_CACHE_SECONDS } from './limits.ts'
import type { TranslatedText, TranslationService } from './answer.ts'
import { configuredService } from './service.ts'
import { assemble, type SourceText, sourceTexts } from './source-texts.ts'

/**
 * Translates a status the viewer may see: text, warning, poll and descriptions. Only what everybody may read leaves the
 * house. The same texts are asked for once a day.
 *
 * @param locale wanted language; of a regional one that the service lacks the general one
 * @throws NotFoundError there is no translation service
 * @throws ForbiddenError the status is for a few only, or the service does not know the pair of languages
 * @throws UnavailableError the service does not translate now
 * @see https://docs.joinmastodon.org/methods/statuses/#translate
 */
export async function translateStatus(
  ctx: Ctx,
  viewer: Viewer,
  statusId: string,
  locale: string,
): Promise<Translation> {
  const service = configuredService(ctx)
  if (!service) throw new NotFoundError('Not Found')
  const status = await renderStatus(ctx, viewer, statusId)
  if (status.visibility !== 'public' && status.visibility !== 'unlisted') throw new ForbiddenError()
  const targets = (await languagePairs(ctx, service))[status.language ?? ''] ?? []
  const target = [locale, locale.split('-')[0]].find((name) => name !== undefined && targets.includes(name))
  if (target === undefined) throw new ForbiddenError()
  const sources = sourceTexts(status)
  const texts = await translated(ctx, service, status, sources, target)
  return {
    detected_source_language: texts[0]?.detectedLanguage ?? status.language ?? '',
    language: target,
    provider: service.provider,
    ...assemble(status, sources, texts),
  }
}

/** By service, languages and texts; expires by itself. */
function cacheKey(ctx: Ctx, source: string | null, target: string, texts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('base64url')
  return `v2:translations/${translationServiceName(ctx.config)}/${source ?? ''}/${target}/${digest}`
}

async function translated(
  ctx: Ctx,
  service: TranslationService,
  { language }: Status,
  sources: readonly SourceText[],
  target: string,
): Promise<TranslatedText[]> {
  const texts = sources.map(({ markup }) => markup)
  if (texts.length === 0) return []
  return ctx.cache.fetch(cacheKey(ctx, language, target, texts), TRANSLATION_CACHE_SECONDS, () =>
    service.translate(ctx, texts, language, target),
  )
}

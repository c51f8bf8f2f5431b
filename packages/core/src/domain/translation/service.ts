import type { Ctx } from '../../kernel/context.ts'
import { translationServiceName } from '../../kernel/translation-service.ts'
import type { TranslationService } from './answer.ts'
import { deepl } from './deepl.ts'
import { libreTranslate } from './libre-translate.ts'

/** The service of the settings; null when there is none. */
export function configuredService(ctx: Ctx): TranslationService | null {
  const name = translationServiceName(ctx.config)
  return name && { deepl, libretranslate: libreTranslate }[name]
}

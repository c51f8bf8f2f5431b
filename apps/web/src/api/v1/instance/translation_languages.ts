import { readTranslationLanguages } from '@anancus/core/domain/translation'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#translation_languages */
export const translationLanguages = route({
  ...instancePart,
  path: '/api/v1/instance/translation_languages',
  params: noParams,
  summary: 'Pairs of languages that can be translated: none while no service is configured.',
  answers: 'TranslationLanguages',
  async handle({ ctx }) {
    return ok(await readTranslationLanguages(ctx))
  },
})

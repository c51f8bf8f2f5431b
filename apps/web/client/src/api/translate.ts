import type { Translation } from '@anancus/core/entities/types'
import { get, post } from './request.ts'

export const fetchTranslation = (statusId: string, lang: string) =>
  post<Translation>(`/api/v1/statuses/${statusId}/translate`, { lang })

/** Target languages by source language; `und` is an unknown one. */
export const fetchTranslationLanguages = () =>
  get<Record<string, string[]>>('/api/v1/instance/translation_languages')

import type { CustomEmoji, Instance, TermsOfService } from '@anancus/core/entities/types'
import { get } from './request.ts'

export const fetchInstance = () => get<Instance>('/api/v2/instance')
export const fetchCustomEmojis = () => get<CustomEmoji[]>('/api/v1/custom_emojis')
export const fetchLanguages = () => get<{ code: string; name: string }[]>('/api/v1/instance/languages')

export interface Document {
  content: string
  updated_at: string | null
}

export const fetchExtendedDescription = () => get<Document>('/api/v1/instance/extended_description')
export const fetchPrivacyPolicy = (): Promise<Document> => get<Document>('/api/v1/instance/privacy_policy')
export const fetchTermsOfService = (date?: string) =>
  get<TermsOfService>(`/api/v1/instance/terms_of_service${date ? `/${encodeURIComponent(date)}` : ''}`)

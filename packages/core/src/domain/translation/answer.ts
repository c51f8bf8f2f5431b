import type { Ctx } from '../../kernel/context.ts'
import { UnavailableError } from '../../kernel/errors.ts'
import type { IncomingResponse } from '../../kernel/http-client.ts'

/** One text as a service gave it back. */
export interface TranslatedText {
  /** HTML by a stranger: to be sanitised by whoever shows it. */
  markup: string
  detectedLanguage: string | null
}

/** Target languages by source language; the empty name is an unknown source. */
export type LanguagePairs = Record<string, string[]>

export interface TranslationService {
  /** Shown beside a translation. */
  provider: string
  /**
   * Translates HTML texts, in their order.
   *
   * @param source language of the texts, null when unknown
   */
  translate(
    ctx: Ctx,
    texts: readonly string[],
    source: string | null,
    target: string,
  ): Promise<TranslatedText[]>
  languages(ctx: Ctx): Promise<LanguagePairs>
}

const QUOTA = 'The server-wide usage quota for the translation service has been exceeded.'
const TOO_MANY = 'There have been too many requests to the translation service recently.'

/**
 * The JSON of a good answer.
 *
 * @param quotaStatus what this service answers once the quota is used up
 * @throws UnavailableError the service does not translate now, in the words of Mastodon
 */
export function answerOf(response: IncomingResponse, quotaStatus: number): unknown {
  const { status, body } = response
  if (status === 429) throw new UnavailableError(TOO_MANY, { code: 'translation_rate_limited' })
  if (status === quotaStatus) throw new UnavailableError(QUOTA, { code: 'translation_quota' })
  if (status < 200 || status >= 300) throw unexpected(`answered ${status}`)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw unexpected(cause)
  }
}

/** For an answer that is none. */
export function unexpected(cause: unknown): UnavailableError {
  return new UnavailableError('Service Unavailable', { cause, code: 'translation_failed' })
}

export function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

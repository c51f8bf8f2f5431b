import { ValidationError } from '../../kernel/errors.ts'
import { countCharacters } from '../../kernel/text/count.ts'
import { MAX_STATUS_BYTES, MAX_STATUS_CHARACTERS } from './limits.ts'

export interface StatusText {
  text: string
  spoilerText: string
  sensitive: boolean
}

/**
 * Text and content warning as they are stored: trimmed; a warning without a text is the text, but over a quote it stays
 * one; a warning makes the status sensitive.
 */
export function statusText(
  params: { status?: string | undefined; spoilerText?: string | undefined; sensitive?: boolean | undefined },
  sensitiveByDefault: boolean,
  options: { hasQuote: boolean } = { hasQuote: false },
): StatusText {
  const text = params.status?.trim() ?? ''
  const spoilerText = params.spoilerText?.trim() ?? ''
  const sensitive = (params.sensitive ?? sensitiveByDefault) || spoilerText !== ''
  return text === '' && !options.hasQuote
    ? { text: spoilerText, spoilerText: '', sensitive }
    : { text, spoilerText, sensitive }
}

/** What is wrong with a text, as parts of Mastodon's sentence; empty when nothing is. Linear in its length. */
export function textProblems(status: StatusText, options: { mayBeBlank: boolean }): string[] {
  if (status.text === '' && !options.mayBeBlank) return ["Text can't be blank"]
  return isTooLong(status) ? [`Text character limit of ${MAX_STATUS_CHARACTERS} exceeded`] : []
}

function isTooLong({ text, spoilerText }: StatusText): boolean {
  if (text.length + spoilerText.length > MAX_STATUS_BYTES) return true
  return countCharacters(text, spoilerText, MAX_STATUS_CHARACTERS) > MAX_STATUS_CHARACTERS
}

/** @throws ValidationError "Validation failed: …" */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw ValidationError.failed(...problems)
}

import type { Document } from '../vocabulary.ts'
import { countOf, dateOf, isDocument, naturalText } from './values.ts'

const MAX_OPTIONS = 500
const MAX_OPTION_LENGTH = 2048

export interface PollDraft {
  multiple: boolean
  options: string[]
  tallies: number[]
  votersCount: number | null
  /** Null: never. */
  expiresAt: Date | null
}

/** The poll of a Question, or null when it has no options. `now` is the end of one that only says it is closed. */
export function pollOf(document: Document, now: Date): PollDraft | null {
  const multiple = Array.isArray(document.anyOf)
  const list = multiple ? document.anyOf : document.oneOf
  if (!Array.isArray(list)) return null
  const options = list.slice(0, MAX_OPTIONS).filter(isDocument)
  if (options.length === 0) return null
  return {
    multiple,
    options: options.map((option) =>
      (naturalText(option, 'name') ?? naturalText(option, 'content') ?? '').slice(0, MAX_OPTION_LENGTH),
    ),
    tallies: options.map((option) =>
      isDocument(option.replies) ? (countOf(option.replies.totalItems) ?? 0) : 0,
    ),
    votersCount: countOf(document.votersCount),
    expiresAt: endOf(document, now),
  }
}

function endOf(document: Document, now: Date): Date | null {
  const { closed } = document
  if (typeof closed === 'string') return dateOf(closed) ?? now
  if (closed) return now
  return dateOf(document.endTime)
}

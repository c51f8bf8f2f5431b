import type { Document } from '../vocabulary.ts'
import { countOf, dateOf, isDocument, listOf, naturalText } from './values.ts'

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
  const several = optionsIn(document.anyOf)
  const multiple = several.length > 0
  const options = multiple ? several : optionsIn(document.oneOf)
  if (options.length === 0) return null
  return {
    multiple,
    options: options.map((option) =>
      (naturalText(option, 'name') ?? naturalText(option, 'content') ?? '').slice(0, MAX_OPTION_LENGTH),
    ),
    tallies: options.map(tallyOf),
    votersCount: countOf(document.votersCount),
    expiresAt: endOf(document, now),
  }
}

function optionsIn(value: unknown): Document[] {
  return listOf(value, MAX_OPTIONS).filter(isDocument)
}

/** Some builds of Misskey have the number of votes on the option itself. */
function tallyOf(option: Document): number {
  const told = isDocument(option.replies) ? option.replies.totalItems : option._misskey_votes
  return countOf(told) ?? 0
}

function endOf(document: Document, now: Date): Date | null {
  const { closed } = document
  if (typeof closed === 'string') return dateOf(closed) ?? now
  if (closed) return now
  return dateOf(document.endTime)
}

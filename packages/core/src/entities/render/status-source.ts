import type { StatusRow } from '@anancus/db'
import type { StatusSource } from '../types/index.ts'

/** A status as it was typed, for its author to edit. */
export function statusSourceJson(status: Pick<StatusRow, 'id' | 'spoiler_text' | 'text'>): StatusSource {
  return { id: status.id, text: status.text, spoiler_text: status.spoiler_text }
}

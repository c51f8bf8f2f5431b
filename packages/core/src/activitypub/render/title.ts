import type { StatusRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import type { Document } from '../vocabulary.ts'
import { groupOf } from './audience.ts'

/** What Lemmy takes for a title. */
const SHORTEST = 3
const LONGEST = 200
const MENTION = /(?<![\w/])@[\w.-]+(?:@[\w.:-]+)?/g

/**
 * The title that forums want of what begins a thread in a group: the content warning, or the first line without the
 * names in it. Others read no `name` on a Note; with answers and polls it would be a vote.
 */
export function titleJson(graph: Graph, status: StatusRow): Document {
  const beginsThread = !status.reply && status.poll_id === null && groupOf(graph, status) !== null
  const title = beginsThread ? titleOf(status) : ''
  return title.length < SHORTEST ? {} : { name: title }
}

function titleOf(status: StatusRow): string {
  const source = status.spoiler_text || status.text.replaceAll(MENTION, ' ')
  const lines = source.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
  const first = lines.find((line) => line.length >= SHORTEST) ?? ''
  if (first.length <= LONGEST) return first
  return `${first.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

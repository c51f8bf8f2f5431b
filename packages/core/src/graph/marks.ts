import type { ViewerMark } from '@anancus/db/queries/graph/viewer'
import type { ViewerMarks } from './graph.ts'

export function marksFrom(rows: readonly ViewerMark[]): ViewerMarks {
  const marks = {
    favourited: new Set<string>(),
    reblogged: new Set<string>(),
    bookmarked: new Set<string>(),
    pinned: new Set<string>(),
    muted: new Set<string>(),
    votes: new Map<string, number[]>(),
    reactions: new Map<string, Set<string>>(),
  }
  for (const { mark, status_id, choice, name } of rows) {
    if (mark === 'reacted')
      marks.reactions.set(status_id, (marks.reactions.get(status_id) ?? new Set()).add(name ?? ''))
    else if (mark !== 'voted') marks[mark].add(status_id)
    else if (choice !== null) marks.votes.set(status_id, [...(marks.votes.get(status_id) ?? []), choice])
  }
  for (const choices of marks.votes.values()) choices.sort((one, other) => one - other)
  return marks
}

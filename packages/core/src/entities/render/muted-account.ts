import { type Graph, NO_RELATION } from '../../graph/index.ts'
import type { MutedAccount } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'

/** An account the viewer mutes, and until when. */
export function mutedAccountJson(graph: Graph, id: string): MutedAccount {
  const { muting } = graph.relations.get(id) ?? NO_RELATION
  return { ...accountJson(graph, id), mute_expires_at: toIso(muting?.expiresAt ?? null) }
}

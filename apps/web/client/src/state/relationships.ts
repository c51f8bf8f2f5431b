import type { Relationship } from '@anancus/core/entities/types'
import { useEffect } from 'react'
import { fetchRelationships } from '../api/accounts.ts'
import { relationships } from './relationship-store.ts'
import { isSignedIn, myId } from './session.ts'
import { useKeyed } from './use-keyed.ts'

/** As many as one request may ask for. */
const BATCH = 40
/** Long enough for a list of accounts to render, short enough not to be noticed. */
const GATHER_MS = 30

const wanted = new Set<string>()
let timer: ReturnType<typeof setTimeout> | null = null

function want(id: string): void {
  if (wanted.has(id) || relationships.get(id)) return
  wanted.add(id)
  timer ??= setTimeout(() => void fetchWanted(), GATHER_MS)
}

async function fetchWanted(): Promise<void> {
  timer = null
  const ids = [...wanted]
  wanted.clear()
  for (let at = 0; at < ids.length; at += BATCH) {
    // A button without its state is asked for again when it is next shown; there is nobody to tell here.
    await fetchRelationships(ids.slice(at, at + BATCH)).catch(() => undefined)
  }
}

/** What is between the own account and another; undefined until known, and for visitors and oneself. */
export function useRelationship(accountId: string | undefined): Relationship | undefined {
  useEffect(() => {
    if (isSignedIn && accountId && accountId !== myId) want(accountId)
  }, [accountId])
  return useKeyed(relationships, accountId)
}

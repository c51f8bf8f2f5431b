import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { statuses } from '../../state/entities.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
import { initialState, myId } from '../../state/session.ts'
import { type Draft, isWorthKeeping, startDraft } from './draft.ts'
import { draftKey, dropDraft, loadDraft, saveDraft } from './draft-store.ts'

const SAVE_AFTER_MS = 400

/** A draft that keeps itself in this browser while it is written. */
export function useDraft(request: ComposeRequest) {
  const key = draftKey(request)
  const start = useMemo(() => startDraft(request, defaults(), aboutWhat(request)), [request])
  const [kept] = useState(() => loadDraft(key))
  const [isRestored, setRestored] = useState(kept !== null)
  const [draft, setDraft] = useState<Draft>(kept ?? start)
  const isSent = useRef(false)
  const latest = useRef(draft)
  useEffect(() => {
    latest.current = draft
  }, [draft])

  const keep = useCallback(() => {
    if (isSent.current) return
    if (isWorthKeeping(latest.current, start)) saveDraft(key, latest.current)
    else dropDraft(key)
  }, [key, start])
  useEffect(() => {
    const timer = setTimeout(keep, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [draft, keep])
  useEffect(() => {
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [keep])

  const patch = useCallback((change: Partial<Draft> | ((current: Draft) => Partial<Draft>)) => {
    setDraft((current) => ({ ...current, ...(typeof change === 'function' ? change(current) : change) }))
  }, [])
  const discard = () => {
    dropDraft(key)
    setRestored(false)
    setDraft({ ...start, idempotencyKey: newKey() })
  }
  const finish = () => {
    isSent.current = true
    dropDraft(key)
  }
  const isDirty = request.kind === 'redraft' || isWorthKeeping(draft, start)
  return { draft, patch, discard, finish, isRestored, isKept: key !== null, isDirty }
}

function aboutWhat(request: ComposeRequest) {
  return 'statusId' in request ? statuses.get(request.statusId) : undefined
}

function defaults() {
  const { defaultVisibility, defaultQuotePolicy, defaultSensitive, defaultLanguage } = initialState.compose
  return {
    myId,
    visibility: defaultVisibility,
    quotePolicy: defaultQuotePolicy,
    isSensitive: defaultSensitive,
    language: defaultLanguage ?? initialState.meta.locale.split('-')[0] ?? 'en',
    newKey,
  }
}

/** Not `randomUUID`: that one is missing where the page came over plain http. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-')
}

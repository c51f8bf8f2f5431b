import type { Status, Translation } from '@anancus/core/entities/types'
import { fetchTranslation } from '../api/translate.ts'
import { createKeyedStore } from './store.ts'
import { useKeyed } from './use-keyed.ts'

export interface KnownTranslation {
  /** Null while it is on its way. */
  translation: Translation | null
  isShown: boolean
}

/** By status and version: an edited post is another text. */
const known = createKeyedStore<KnownTranslation>()

const keyOf = (status: Pick<Status, 'id' | 'edited_at'>) => `${status.id} ${status.edited_at ?? ''}`

export function useTranslation(status: Pick<Status, 'id' | 'edited_at'>): KnownTranslation | undefined {
  return useKeyed(known, keyOf(status))
}

/** Shows the translation, fetched the first time, or the original again. */
export async function toggleTranslation(status: Status, lang: string): Promise<void> {
  const key = keyOf(status)
  const before = known.get(key)
  if (before) {
    if (before.translation) known.set(key, { ...before, isShown: !before.isShown })
    return
  }
  known.set(key, { translation: null, isShown: false })
  try {
    known.set(key, { translation: await fetchTranslation(status.id, lang), isShown: true })
  } catch (error) {
    known.set(key, undefined)
    throw error
  }
}

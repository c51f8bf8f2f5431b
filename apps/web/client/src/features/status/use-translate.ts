import type { Status } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { fetchTranslationLanguages } from '../../api/translate.ts'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { initialState, isSignedIn } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { toggleTranslation } from '../../state/translations.ts'
import { translationTarget } from './translation.ts'

const READER = initialState.compose.defaultLanguage ?? initialState.meta.locale

/** Turns a post into the reader's language and back; null where that cannot be. */
export function useTranslate(status: Status): (() => void) | null {
  const say = useText()
  const { data: pairs } = useQuery({
    queryKey: ['translation_languages'],
    queryFn: fetchTranslationLanguages,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isSignedIn && initialState.meta.translation_enabled,
  })
  const target = translationTarget(status, READER, pairs)
  if (target === null) return null
  return () =>
    void toggleTranslation(status, target).catch((error: unknown) =>
      showToast(errorWords(say, error), { isError: true }),
    )
}

import type { Collection } from '@anancus/core/entities/types'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { showToast } from '../../state/toasts.ts'

/** Changes a collection, and shows it anew. */
export function useChange(collection: Collection) {
  const say = useText()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['collection', collection.id] }),
        client.invalidateQueries({ queryKey: ['collections', collection.account_id] }),
      ]),
  })
}

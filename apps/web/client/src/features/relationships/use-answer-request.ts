import { useMutation } from '@tanstack/react-query'
import { answerFollowRequest } from '../../api/accounts.ts'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { dispatch } from '../../state/feeds/feeds.ts'
import { showToast } from '../../state/toasts.ts'

/** Lets somebody follow, or not. */
export function useAnswerRequest(accountId: string) {
  const say = useText()
  const { mutate, isPending } = useMutation({
    mutationFn: (answer: 'authorize' | 'reject') => answerFollowRequest(accountId, answer),
    onSuccess: (_relationship, answer) => {
      dispatch('follow-requests', { type: 'removed', ids: new Set([accountId]) })
      showToast(say(answer === 'authorize' ? 'request.accepted' : 'request.rejected'))
    },
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
  })
  return { answer: mutate, isPending }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UsersRound, X } from 'lucide-react'
import { dismissSuggestion, fetchSuggestions } from '../../api/explore.ts'
import { AppLink } from '../../components/app-link.tsx'
import { IconButton } from '../../components/button.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Empty, Failed, StatusSkeletons } from '../../components/states.tsx'
import { type MessageId, useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { useRelationship } from '../../state/relationships.ts'
import { showToast } from '../../state/toasts.ts'
import { AccountRow } from '../accounts/account-row.tsx'
import { FollowButton } from '../relationships/follow-button.tsx'

const KEY = ['suggestions']

const REASONS: Readonly<Record<string, MessageId>> = {
  featured: 'suggestion.featured',
  friends_of_friends: 'suggestion.friends_of_friends',
  most_followed: 'suggestion.popular',
  most_interactions: 'suggestion.popular',
  similar_to_recently_followed: 'suggestion.similar',
}

/** Whom one might follow. What is followed stays in the list until it is opened anew. */
export function Suggestions() {
  const say = useText()
  const { data, isError, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: fetchSuggestions,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <StatusSkeletons />
  if (data.length === 0)
    return (
      <Empty icon={UsersRound} title={say('suggestion.none')}>
        <p>{say('suggestion.none_hint')}</p>
        <AppLink className="button button-plain" to="/directory">
          {say('directory.title')}
        </AppLink>
      </Empty>
    )
  return data.map(({ id, sources }) => <Suggested key={id} id={id} reason={sources[0]} />)
}

function Suggested({ id, reason }: { id: string; reason: string | undefined }) {
  const say = useText()
  const account = useAccount(id)
  const relationship = useRelationship(id)
  const client = useQueryClient()
  const hide = useMutation({
    mutationFn: () => dismissSuggestion(id),
    onSuccess: () =>
      client.setQueryData(KEY, (list: { id: string }[] | undefined) =>
        list?.filter((item) => item.id !== id),
      ),
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
  })
  if (!account) return null
  const words = reason === undefined ? undefined : REASONS[reason]
  return (
    <div className="suggested">
      {words && <p className="suggested-reason">{say(words)}</p>}
      <AccountRow
        id={id}
        action={
          <span className="account-actions">
            <FollowButton account={account} relationship={relationship} />
            <IconButton
              icon={X}
              label={say('suggestion.hide', { name: account.acct })}
              disabled={hide.isPending}
              onClick={() => hide.mutate()}
            />
          </span>
        }
      />
    </div>
  )
}

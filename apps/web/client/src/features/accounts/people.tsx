import { UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import { accountListSource } from '../../api/accounts.ts'
import { isNotFound } from '../../api/errors.ts'
import { Column } from '../../components/column.tsx'
import { displayNameOf } from '../../components/names.tsx'
import { Empty, Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { isMe } from '../../state/session.ts'
import { useProfile } from '../profile/use-profile.ts'
import { Missing } from '../thread/missing.tsx'
import { FeedList } from '../timeline/feed-list.tsx'
import { AccountRow } from './account-row.tsx'

type ListName = 'followers' | 'following'

/** Whom somebody follows, or who follows them. */
export function PeopleScreen({ acct, list }: { acct: string; list: ListName }) {
  const say = useText()
  const { account, isError, error, refetch } = useProfile(acct)
  if (isError && isNotFound(error)) return <Missing />
  return (
    <Column title={say(`people.${list}`)} subtitle={account ? displayNameOf(account) : `@${acct}`} back>
      {account ? (
        <People
          accountId={account.id}
          list={list}
          isHidden={Boolean(account.hide_collections) && !isMe(account)}
          isRemote={account.acct.includes('@')}
        />
      ) : isError ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Spinner />
      )}
    </Column>
  )
}

function People(props: { accountId: string; list: ListName; isHidden: boolean; isRemote: boolean }) {
  const { accountId, list, isHidden, isRemote } = props
  const say = useText()
  const source = useMemo(
    () => accountListSource(`${list}:${accountId}`, `/api/v1/accounts/${accountId}/${list}`),
    [accountId, list],
  )
  return (
    <FeedList
      source={source}
      label={say(`people.${list}`)}
      empty={
        <Empty icon={UsersRound} title={say(isHidden ? 'people.hidden' : 'people.none')}>
          {isRemote && !isHidden && <p>{say('people.remote')}</p>}
        </Empty>
      }
    >
      {(id) => <AccountRow key={id} id={id} />}
    </FeedList>
  )
}

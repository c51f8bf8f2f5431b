import type { Account } from '@anancus/core/entities/types'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { AccountRow } from '../accounts/account-row.tsx'
import { FindPeople } from './find-people.tsx'
import { MAX_ACCOUNTS } from './limits.ts'

/** The first step: who is in a new collection. */
export function ChoosePeople({
  people,
  onChange,
}: {
  people: readonly Account[]
  onChange(people: readonly Account[]): void
}) {
  const say = useText()
  const isFull = people.length >= MAX_ACCOUNTS
  return (
    <>
      <p>{say('collections.step_people')}</p>
      {people.map((account) => (
        <AccountRow
          key={account.id}
          id={account.id}
          action={
            <Button
              aria-label={say('collections.remove_name', { name: `@${account.acct}` })}
              onClick={() => onChange(people.filter((one) => one.id !== account.id))}
            >
              {say('collections.remove')}
            </Button>
          }
        />
      ))}
      {isFull ? (
        <p>{say('collections.full', { count: MAX_ACCOUNTS })}</p>
      ) : (
        <FindPeople
          chosen={new Set(people.map((account) => account.id))}
          onChoose={(account) => onChange([...people, account])}
        />
      )}
    </>
  )
}

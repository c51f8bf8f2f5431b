import type { Account } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import { suggestAccounts } from '../../api/accounts.ts'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { AccountRow } from '../accounts/account-row.tsx'

const MIN_LETTERS = 2

interface Props {
  /** Already chosen. */
  chosen: ReadonlySet<string>
  onChoose(account: Account): void
}

/** Looks for people by name or handle, to be put into a collection. Who does not want that says so. */
export function FindPeople({ chosen, onChoose }: Props) {
  const say = useText()
  const id = useId()
  const [words, setWords] = useState('')
  const q = useDeferredValue(words.trim())
  const { data = [] } = useQuery({
    queryKey: ['suggest-accounts', q],
    queryFn: ({ signal }) => suggestAccounts(q, signal),
    enabled: q.length >= MIN_LETTERS,
  })
  const found = q.length >= MIN_LETTERS ? data.filter((account) => !chosen.has(account.id)) : []
  return (
    <div className="find-people">
      <label className="label" htmlFor={id}>
        {say('collections.add_label')}
      </label>
      <input
        id={id}
        type="search"
        className="field"
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {found.map((account) => (
        <AccountRow
          key={account.id}
          id={account.id}
          action={<Choose account={account} onChoose={onChoose} />}
        />
      ))}
    </div>
  )
}

function Choose({ account, onChoose }: { account: Account; onChoose(account: Account): void }) {
  const say = useText()
  const { current_user: answer } = account.feature_approval
  if (answer !== 'automatic' && answer !== 'manual')
    return <small className="find-refused">{say('collections.not_featurable')}</small>
  return (
    <Button onClick={() => onChoose(account)}>
      <Plus size={16} aria-hidden="true" />
      {say('collections.add_one')}
    </Button>
  )
}

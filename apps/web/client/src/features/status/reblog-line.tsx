import type { Account } from '@anancus/core/entities/types'
import { Repeat2 } from 'lucide-react'
import { AccountLink } from '../../components/names.tsx'
import { Text } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'

export function ReblogLine({ account }: { account: Account }) {
  const current = useAccount(account.id) ?? account
  return (
    <p className="above-line">
      <Repeat2 size={16} aria-hidden="true" />
      <span>
        <Text id="status.reblogged_by" values={{ name: <AccountLink key="name" account={current} /> }} />
      </span>
    </p>
  )
}

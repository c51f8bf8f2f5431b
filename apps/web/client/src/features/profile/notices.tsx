import type { Account, Relationship } from '@anancus/core/entities/types'
import { AccountLink } from '../../components/names.tsx'
import { Button } from '../../components/button.tsx'
import { safeUrl } from '../../components/safe-url.ts'
import { Text, useText } from '../../i18n/text.tsx'
import { useAnswerRequest } from '../relationships/use-answer-request.ts'

/** What one should know before reading on. */
export function Notices({
  account,
  relationship,
}: {
  account: Account
  relationship: Relationship | undefined
}) {
  const say = useText()
  const isRemote = account.acct.includes('@')
  return (
    <>
      {account.moved && (
        <p className="notice">
          <Text id="profile.moved" values={{ name: <AccountLink key="name" account={account.moved} /> }} />
        </p>
      )}
      {account.suspended && <p className="notice">{say('profile.suspended')}</p>}
      {account.memorial && <p className="notice">{say('profile.memorial')}</p>}
      {relationship?.blocked_by && <p className="notice">{say('profile.blocked_by')}</p>}
      {relationship?.requested_by && <Request account={account} />}
      {isRemote && !account.suspended && (
        <p className="profile-remote">
          {say('profile.remote')}{' '}
          <a href={safeUrl(account.url)} target="_blank" rel="noopener">
            {say('profile.open_original')}
          </a>
        </p>
      )}
    </>
  )
}

function Request({ account }: { account: Account }) {
  const say = useText()
  const { answer, isPending } = useAnswerRequest(account.id)
  return (
    <div className="notice notice-request">
      <span>{say('profile.requests_you')}</span>
      <Button look="main" busy={isPending} onClick={() => answer('authorize')}>
        {say('request.accept')}
      </Button>
      <Button busy={isPending} onClick={() => answer('reject')}>
        {say('request.reject')}
      </Button>
    </div>
  )
}

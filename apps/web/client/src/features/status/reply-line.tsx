import type { Status } from '@anancus/core/entities/types'
import { CornerUpRight } from 'lucide-react'
import { Text, useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { AccountLink } from '../../components/names.tsx'
import { AppLink } from '../../components/app-link.tsx'

/** To whom a status replies, when that is not plain from what stands above. */
export function ReplyLine({ status }: { status: Status }) {
  const say = useText()
  const repliedTo = useAccount(status.in_reply_to_account_id)
  if (!status.in_reply_to_id) return null
  const mention = status.mentions.find(({ id }) => id === status.in_reply_to_account_id)
  return (
    <p className="reply-line">
      <CornerUpRight size={14} aria-hidden="true" />
      <span>
        {status.in_reply_to_account_id === status.account.id ? (
          say('status.continues')
        ) : (
          <Text
            id="status.reply_to"
            values={{
              name: repliedTo ? (
                <AccountLink key="name" account={repliedTo} />
              ) : mention ? (
                <AppLink key="name" to={`/@${mention.acct}`}>
                  @{mention.username}
                </AppLink>
              ) : (
                say('status.somebody')
              ),
            }}
          />
        )}
      </span>
    </p>
  )
}

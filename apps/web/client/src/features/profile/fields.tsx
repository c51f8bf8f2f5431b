import type { Account } from '@anancus/core/entities/types'
import { BadgeCheck } from 'lucide-react'
import { useIntl } from 'react-intl'
import { EmojiText } from '../../components/rich-text/emoji-text.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { useText } from '../../i18n/text.tsx'

export function Fields({ account }: { account: Account }) {
  const say = useText()
  const intl = useIntl()
  if (account.fields.length === 0) return null
  return (
    <dl className="fields">
      {account.fields.map((field, at) => (
        <div key={at} className={field.verified_at ? 'is-verified' : ''}>
          <dt dir="auto">
            <EmojiText text={field.name} emojis={account.emojis} />
          </dt>
          <dd>
            {field.verified_at && (
              <span
                className="verified"
                title={say('profile.verified', { date: intl.formatDate(field.verified_at) })}
              >
                <BadgeCheck size={16} aria-hidden="true" />
                <span className="unseen">
                  {say('profile.verified', { date: intl.formatDate(field.verified_at) })}
                </span>
              </span>
            )}
            <RichText html={field.value} emojis={account.emojis} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

import type { Account } from '@anancus/core/entities/types'
import { Bot, CalendarDays, Lock } from 'lucide-react'
import { useIntl } from 'react-intl'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { DisplayName } from '../../components/names.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { Text, useText } from '../../i18n/text.tsx'
import { animatesPictures } from '../../state/preferences.ts'
import { useRelationship } from '../../state/relationships.ts'
import { fullHandle, myId } from '../../state/session.ts'
import { Fields } from './fields.tsx'
import { ProfileButtons } from './buttons.tsx'
import { MailForm } from './mail-form.tsx'
import { Notices } from './notices.tsx'

export function ProfileHead({ account }: { account: Account }) {
  const say = useText()
  const intl = useIntl()
  const relationship = useRelationship(account.id)
  return (
    <section className="profile" aria-label={say('profile.about')}>
      <div className="profile-header">
        <img
          src={animatesPictures() ? account.header : account.header_static}
          alt={account.header_description ?? ''}
        />
      </div>
      <div className="profile-bar">
        <span className="profile-avatar">
          <Avatar account={account} size={92} />
        </span>
        <ProfileButtons account={account} relationship={relationship} />
      </div>
      <h2 className="profile-name">
        <DisplayName account={account} />
      </h2>
      <p className="profile-handle">
        <span className="handle" dir="ltr" translate="no">
          @{fullHandle(account.acct)}
        </span>
        {account.locked && <Lock size={14} aria-label={say('profile.locked')} />}
        {account.bot && (
          <span className="tag">
            <Bot size={14} aria-hidden="true" /> {say('profile.bot')}
          </span>
        )}
        {account.roles?.map((role) => (
          <span key={role.id} className="tag">
            {role.name}
          </span>
        ))}
        {relationship?.followed_by && (
          <span className="tag">
            {say(relationship.following ? 'profile.mutual' : 'profile.follows_you')}
          </span>
        )}
      </p>
      <Notices account={account} relationship={relationship} />
      {account.note && <RichText html={account.note} emojis={account.emojis} className="profile-note" />}
      <Fields account={account} />
      {account.email_subscriptions && account.id !== myId && <MailForm account={account} />}
      <p className="profile-joined">
        <CalendarDays size={15} aria-hidden="true" />
        {say('profile.joined', {
          date: intl.formatDate(account.created_at, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
        })}
      </p>
      <p className="profile-counts">
        <Count to={`/@${account.acct}/following`} id="profile.following" value={account.following_count} />
        <Count to={`/@${account.acct}/followers`} id="profile.followers" value={account.followers_count} />
      </p>
    </section>
  )
}

function Count({
  to,
  id,
  value,
}: {
  to: string
  id: 'profile.following' | 'profile.followers'
  value: number
}) {
  const intl = useIntl()
  const short = intl.formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 })
  return (
    <AppLink to={to}>
      <Text id={id} values={{ count: value, short: <strong key="short">{short}</strong> }} />
    </AppLink>
  )
}

import { memo, type ReactNode, useId } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { AccountLink, Handle } from '../../components/names.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Text, useText } from '../../i18n/text.tsx'
import { accounts, useAccount } from '../../state/entities.ts'
import { StatusItem } from '../status/status-item.tsx'
import { Answer } from './answer.tsx'
import { Excerpt } from './excerpt.tsx'
import type { NotificationGroup } from './group.ts'
import { kindOf } from './kinds.ts'

interface Props {
  group: NotificationGroup | undefined
  isNew: boolean
}

/** Kinds whose post is the news itself, and is shown in full. */
const IN_FULL: ReadonlySet<string> = new Set([
  'mention',
  'status',
  'quote',
  'update',
  'quoted_update',
  'poll',
])

const MAX_FACES = 8

export const NotificationItem = memo(function NotificationItem({ group, isNew }: Props) {
  if (!group) return <span hidden />
  const { icon: Icon, tone } = kindOf(group.type)
  const isFull = group.statusId !== null && IN_FULL.has(group.type)
  return (
    <div className={`notification ${isNew ? 'is-new' : ''}`}>
      {isFull && group.statusId ? (
        <>
          {group.type !== 'mention' && <Line group={group} />}
          <StatusItem id={group.statusId} context="notifications" />
        </>
      ) : (
        <Brief
          group={group}
          icon={<Icon size={22} className={tone && `tone-${tone}`} aria-hidden="true" />}
        />
      )}
    </div>
  )
})

function Line({ group }: { group: NotificationGroup }) {
  const { icon: Icon } = kindOf(group.type)
  return (
    <p className="above-line">
      <Icon size={16} aria-hidden="true" />
      <span>
        <Words group={group} />
      </span>
    </p>
  )
}

function Brief({ group, icon }: { group: NotificationGroup; icon: ReactNode }) {
  const wordsId = useId()
  const first = useAccount(group.accountIds[0])
  return (
    // Items of a feed take the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <article className="brief" data-item tabIndex={0} aria-labelledby={wordsId}>
      <span className="brief-icon">{icon}</span>
      <div className="brief-main">
        <div className="brief-top">
          <Faces ids={group.accountIds} />
          <span className="byline-end">
            <TimeAgo date={group.createdAt} />
          </span>
        </div>
        <p id={wordsId} className="brief-words">
          <Words group={group} />
        </p>
        {group.collection && (
          <AppLink to={`/collections/${group.collection.id}`} className="excerpt" dir="auto">
            {group.collection.name}
          </AppLink>
        )}
        {group.statusId && <Excerpt id={group.statusId} />}
        {first && group.accountIds.length === 1 && group.type === 'follow' && <Handle account={first} />}
        {first && <Answer group={group} account={first} />}
      </div>
    </article>
  )
}

function Faces({ ids }: { ids: readonly string[] }) {
  return (
    <span className="faces">
      {ids.slice(0, MAX_FACES).map((id) => {
        const account = accounts.get(id)
        return (
          account && (
            <AppLink key={id} to={`/@${account.acct}`} title={`@${account.acct}`}>
              <Avatar account={account} size={34} />
            </AppLink>
          )
        )
      })}
    </span>
  )
}

function Words({ group }: { group: NotificationGroup }) {
  const say = useText()
  const first = useAccount(group.accountIds[0])
  const others = group.accountIds.length - 1
  const name = first ? <AccountLink key="name" account={first} /> : say('status.somebody')
  const who =
    others > 0 ? <Text key="who" id="notification.and_others" values={{ name, count: others }} /> : name
  return <Text id={kindOf(group.type).words} values={{ name: who }} />
}

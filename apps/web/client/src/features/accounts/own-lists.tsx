import type { Account } from '@anancus/core/entities/types'
import { Ban, Check, UserRoundCheck, VolumeX, X } from 'lucide-react'
import { actOnAccount, accountListSource } from '../../api/accounts.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Column } from '../../components/column.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { dispatch } from '../../state/feeds/feeds.ts'
import { showToast } from '../../state/toasts.ts'
import { useAnswerRequest } from '../relationships/use-answer-request.ts'
import { FeedList } from '../timeline/feed-list.tsx'
import { AccountRow } from './account-row.tsx'

const LISTS = {
  'follow-requests': {
    source: accountListSource('follow-requests', '/api/v1/follow_requests'),
    title: 'nav.follow_requests',
    icon: UserRoundCheck,
    empty: 'request.none',
  },
  mutes: {
    source: accountListSource('mutes', '/api/v1/mutes'),
    title: 'nav.mutes',
    icon: VolumeX,
    empty: 'mute.none',
  },
  blocks: {
    source: accountListSource('blocks', '/api/v1/blocks'),
    title: 'nav.blocks',
    icon: Ban,
    empty: 'block.none',
  },
} as const

/** People one keeps at a distance, and those who wait for an answer. */
export function OwnListScreen({ which }: { which: keyof typeof LISTS }) {
  const say = useText()
  const { source, title, icon, empty } = LISTS[which]
  return (
    <Column title={say(title)} back>
      <FeedList source={source} label={say(title)} empty={<Empty icon={icon} title={say(empty)} />}>
        {(id) => (
          <AccountRow
            key={id}
            id={id}
            action={
              which === 'follow-requests' ? <RequestButtons id={id} /> : <LiftButton id={id} which={which} />
            }
          />
        )}
      </FeedList>
    </Column>
  )
}

function RequestButtons({ id }: { id: Account['id'] }) {
  const say = useText()
  const { answer, isPending } = useAnswerRequest(id)
  return (
    <span className="account-actions">
      <IconButton
        icon={Check}
        label={say('request.accept')}
        disabled={isPending}
        onClick={() => answer('authorize')}
      />
      <IconButton
        icon={X}
        label={say('request.reject')}
        disabled={isPending}
        onClick={() => answer('reject')}
      />
    </span>
  )
}

function LiftButton({ id, which }: { id: string; which: 'mutes' | 'blocks' }) {
  const say = useText()
  const account = useAccount(id)
  const lift = async () => {
    try {
      await actOnAccount(id, which === 'mutes' ? 'unmute' : 'unblock')
      dispatch(which, { type: 'removed', ids: new Set([id]) })
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    }
  }
  return (
    <Button onClick={() => void lift()}>
      {which === 'mutes' ? say('account.unmute', { name: account?.acct ?? '' }) : say('account.unblock')}
    </Button>
  )
}

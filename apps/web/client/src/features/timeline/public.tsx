import { Earth } from 'lucide-react'
import { type PublicKind, publicSource } from '../../api/timelines.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useText } from '../../i18n/text.tsx'
import { initialState, isSignedIn } from '../../state/session.ts'
import { useLive } from '../../streaming/live.ts'
import { StatusItem } from '../status/status-item.tsx'
import { Welcome } from '../visitor/welcome.tsx'
import { FeedList } from './feed-list.tsx'

const STREAMS = { all: { stream: 'public' }, local: { stream: 'public:local' } } as const

/** What everybody may read: of this server, or of all it knows. */
export function PublicScreen({ kind }: { kind: PublicKind }) {
  const say = useText()
  const source = publicSource(kind)
  useLive(source, STREAMS[kind])
  return (
    <Column title={say('public.title')}>
      {!isSignedIn && <Welcome />}
      <Tabs
        label={say('public.title')}
        current={kind === 'local' ? '/public/local' : '/public'}
        tabs={[
          { to: '/public/local', label: say('public.local') },
          { to: '/public', label: say('public.all') },
        ]}
      />
      <FeedList
        source={source}
        label={say('public.title')}
        empty={
          <Empty icon={Earth} title={say('public.empty')}>
            <p>{say('public.empty_hint', { domain: initialState.meta.domain })}</p>
          </Empty>
        }
      >
        {(id) => <StatusItem key={id} id={id} context="public" />}
      </FeedList>
    </Column>
  )
}

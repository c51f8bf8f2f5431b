import { UsersRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type DirectoryOrder, directorySource } from '../../api/explore.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { AccountRow } from '../accounts/account-row.tsx'
import { FeedList } from '../timeline/feed-list.tsx'
import './explore.css'

/** Everybody who wants to be found. */
export function DirectoryScreen() {
  const say = useText()
  const [order, setOrder] = useState<DirectoryOrder>('active')
  const [isLocal, setLocal] = useState(true)
  const source = useMemo(() => directorySource(order, isLocal), [order, isLocal])
  return (
    <Column title={say('directory.title')} back>
      <div className="directory-head">
        <label>
          {say('directory.order')}
          <select value={order} onChange={(event) => setOrder(event.target.value as DirectoryOrder)}>
            <option value="active">{say('directory.active')}</option>
            <option value="new">{say('directory.new')}</option>
          </select>
        </label>
        <label>
          {say('directory.from')}
          <select value={String(isLocal)} onChange={(event) => setLocal(event.target.value === 'true')}>
            <option value="true">{say('directory.local')}</option>
            <option value="false">{say('directory.all')}</option>
          </select>
        </label>
      </div>
      <FeedList
        key={source.key}
        source={source}
        label={say('directory.title')}
        empty={<Empty icon={UsersRound} title={say('directory.empty')} />}
      >
        {(id) => <AccountRow key={id} id={id} />}
      </FeedList>
    </Column>
  )
}

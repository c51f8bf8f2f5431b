import { Newspaper } from 'lucide-react'
import { useMemo } from 'react'
import { linkSource } from '../../api/timelines.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { StatusItem } from '../status/status-item.tsx'
import { FeedList } from './feed-list.tsx'

/** What is said of a page that many share. */
export function LinkScreen({ url }: { url: string }) {
  const say = useText()
  const source = useMemo(() => linkSource(url), [url])
  return (
    <Column title={say('link.title')} subtitle={hostOf(url)} back>
      <FeedList
        source={source}
        label={say('link.title')}
        empty={<Empty icon={Newspaper} title={say('link.empty')} />}
      >
        {(id) => <StatusItem key={id} id={id} context="public" />}
      </FeedList>
    </Column>
  )
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

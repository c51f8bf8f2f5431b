import { SearchX } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'

/** For what is not there, or not for this reader; the server tells no difference. */
export function Missing() {
  const say = useText()
  return (
    <Column title={say('missing.title')} back>
      <Empty icon={SearchX} title={say('missing.title')}>
        <p>{say('missing.hint')}</p>
        <AppLink to="/" className="button button-main">
          {say('missing.home')}
        </AppLink>
      </Empty>
    </Column>
  )
}

import { TrendingUp } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'

export function NothingTrends() {
  const say = useText()
  return (
    <Empty icon={TrendingUp} title={say('explore.nothing')}>
      <p>{say('explore.nothing_hint')}</p>
      <AppLink className="button button-plain" to="/public/local">
        {say('nav.public')}
      </AppLink>
    </Empty>
  )
}

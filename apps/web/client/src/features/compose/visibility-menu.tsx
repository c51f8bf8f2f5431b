import type { Visibility } from '@anancus/core/entities/types'
import { ChevronDown } from 'lucide-react'
import { Menu } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { VISIBILITIES } from '../status/visibility.tsx'

interface Props {
  value: Visibility
  /** Set for an edit: who may read it was settled when it was published. */
  isFixed: boolean
  onChange(visibility: Visibility): void
}

export function VisibilityMenu({ value, isFixed, onChange }: Props) {
  const say = useText()
  const { icon: Icon, label } = VISIBILITIES[value]
  const face = (
    <>
      <Icon size={15} aria-hidden="true" />
      {say(label)}
    </>
  )
  if (isFixed) return <span className="visibility is-fixed">{face}</span>
  const items = () =>
    (Object.keys(VISIBILITIES) as Visibility[]).map((one) => ({
      label: say(VISIBILITIES[one].label),
      hint: say(VISIBILITIES[one].hint),
      icon: VISIBILITIES[one].icon,
      checked: one === value,
      onSelect: () => onChange(one),
    }))
  return (
    <Menu label={say('compose.visibility', { now: say(label) })} items={items} className="visibility">
      {face}
      <ChevronDown size={14} aria-hidden="true" />
    </Menu>
  )
}

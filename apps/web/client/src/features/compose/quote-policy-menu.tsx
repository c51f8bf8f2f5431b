import { ChevronDown, Quote } from 'lucide-react'
import { Menu } from '../../components/menu.tsx'
import { type MessageId, useText } from '../../i18n/text.tsx'
import type { QuotePolicy } from '../../state/initial-state.ts'

const POLICIES: Record<QuotePolicy, MessageId> = {
  public: 'quote_policy.public',
  followers: 'quote_policy.followers',
  nobody: 'quote_policy.nobody',
}

interface Props {
  value: QuotePolicy
  onChange(policy: QuotePolicy): void
}

/** Who may quote the post. */
export function QuotePolicyMenu({ value, onChange }: Props) {
  const say = useText()
  const items = () =>
    (Object.keys(POLICIES) as QuotePolicy[]).map((one) => ({
      label: say(POLICIES[one]),
      checked: one === value,
      onSelect: () => onChange(one),
    }))
  return (
    <Menu
      label={say('compose.quote_policy', { now: say(POLICIES[value]) })}
      items={items}
      className="visibility"
    >
      <Quote size={15} aria-hidden="true" />
      {say(POLICIES[value])}
      <ChevronDown size={14} aria-hidden="true" />
    </Menu>
  )
}

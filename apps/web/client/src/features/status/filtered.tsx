import { EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'

/** Stands for a post that a filter of the reader met, until they ask for it. */
export function Filtered({ titles, children }: { titles: string[]; children: ReactNode }) {
  const say = useText()
  const [isShown, show] = useState(false)
  if (isShown) return children
  return (
    // Items of a feed take the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <article className="filtered" data-item tabIndex={0}>
      <EyeOff size={18} aria-hidden="true" />
      <span>{say('status.filtered', { titles: titles.join(', ') })}</span>
      <Button look="quiet" onClick={() => show(true)}>
        {say('status.show_anyway')}
      </Button>
    </article>
  )
}

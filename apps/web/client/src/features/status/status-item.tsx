import type { FilterContext } from '@anancus/core/entities/types'
import { memo } from 'react'
import { useText } from '../../i18n/text.tsx'
import { useStatus } from '../../state/entities.ts'
import { Filtered } from './filtered.tsx'
import { filterOutcome } from './filter-outcome.ts'
import { ReblogLine } from './reblog-line.tsx'
import { StatusCard } from './status-card.tsx'
import './status.css'

interface Props {
  id: string
  context: FilterContext
  /** Leaves out the line that says to whom it replies. */
  inThread?: boolean
  pinned?: boolean
}

/** One entry of a timeline: a status, or somebody's reblog of one. */
export const StatusItem = memo(function StatusItem({ id, context, inThread, pinned }: Props) {
  const wrapper = useStatus(id)
  const original = useStatus(wrapper?.reblog?.id ?? id)
  if (!wrapper || !original) return <span hidden />
  const outcome = filterOutcome(original, context)
  if (outcome.action === 'hide') return <span hidden />
  const card = <StatusCard status={original} inThread={inThread} context={context} />
  return (
    <div className="item">
      {pinned && <PinnedLine />}
      {wrapper.reblog && <ReblogLine account={wrapper.account} />}
      {outcome.action === 'warn' ? <Filtered titles={outcome.titles}>{card}</Filtered> : card}
    </div>
  )
})

function PinnedLine() {
  const say = useText()
  return <p className="above-line">{say('status.pinned')}</p>
}

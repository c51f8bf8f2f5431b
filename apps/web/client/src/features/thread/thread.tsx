import { useState } from 'react'
import { isNotFound } from '../../api/errors.ts'
import { Button } from '../../components/button.tsx'
import { Column } from '../../components/column.tsx'
import { displayNameOf } from '../../components/names.tsx'
import { Failed, Spinner, StatusSkeletons } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { statuses, useStatus } from '../../state/entities.ts'
import { isSignedIn } from '../../state/session.ts'
import { reply } from '../status/actions.tsx'
import { StatusCard } from '../status/status-card.tsx'
import { StatusItem } from '../status/status-item.tsx'
import { Missing } from './missing.tsx'
import { threadRows } from './thread-rows.ts'
import { useKeptInPlace } from './use-kept-in-place.ts'
import { useThread } from './use-thread.ts'
import './thread.css'

/** Answers shown before the reader asks for more. */
const FIRST_ROWS = 60

/** A post with what it answers above and its answers below. */
export function ThreadScreen({ id }: { id: string }) {
  const say = useText()
  const { status, context } = useThread(id)
  const focused = useStatus(id)
  const ancestors = context.data?.ancestors ?? []
  const place = useKeptInPlace(id, ancestors.length)
  // Deleted while it was on the screen, too.
  if (status.isSuccess && !focused) return <Missing />
  if (status.isError && (isNotFound(status.error) || !focused)) {
    if (isNotFound(status.error)) return <Missing />
    return (
      <Column title={say('thread.title')} back>
        <Failed error={status.error} onRetry={() => void status.refetch()} />
      </Column>
    )
  }
  return (
    <Column
      title={focused ? say('thread.title_by', { name: displayNameOf(focused.account) }) : say('thread.title')}
      back
    >
      <div className="thread">
        {ancestors.map((ancestor) => (
          <div className="ancestor" key={ancestor}>
            <StatusItem id={ancestor} context="thread" inThread={ancestor !== ancestors[0]} />
          </div>
        ))}
        <div ref={place} className="thread-focus item">
          {focused ? (
            <StatusCard status={focused} focused inThread={ancestors.length > 0} />
          ) : (
            <StatusSkeletons count={1} />
          )}
        </div>
        {isSignedIn && focused && (
          <button type="button" className="thread-reply" onClick={() => reply(focused)}>
            {say('thread.reply', { name: displayNameOf(focused.account) })}
          </button>
        )}
        {context.isPending && <Spinner />}
        {context.isError && <Failed error={context.error} onRetry={() => void context.refetch()} />}
        {context.data && <Descendants rootId={id} ids={context.data.descendants} />}
        <div className={`thread-end ${ancestors.length > 0 ? 'is-deep' : ''}`} />
      </div>
    </Column>
  )
}

function Descendants({ rootId, ids }: { rootId: string; ids: readonly string[] }) {
  const say = useText()
  const [limit, setLimit] = useState(FIRST_ROWS)
  const known = ids.map((id) => statuses.get(id)).filter((status) => status !== undefined)
  const rows = threadRows(rootId, known)
  return (
    <section aria-label={say('thread.replies')}>
      {rows.slice(0, limit).map(({ id, depth }) => (
        <div key={id} className="descendant" data-depth={depth}>
          <StatusItem id={id} context="thread" inThread={depth < 3} />
        </div>
      ))}
      {rows.length > limit && (
        <Button look="quiet" className="thread-more" onClick={() => setLimit((was) => was + FIRST_ROWS * 2)}>
          {say('thread.more', { count: rows.length - limit })}
        </Button>
      )}
    </section>
  )
}

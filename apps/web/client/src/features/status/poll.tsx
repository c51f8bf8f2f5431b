import type { Poll } from '@anancus/core/entities/types'
import { useMutation } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { votePoll } from '../../api/statuses.ts'
import { Button } from '../../components/button.tsx'
import { errorWords } from '../../components/error-words.ts'
import { EmojiText } from '../../components/rich-text/emoji-text.tsx'
import { FullTime } from '../../components/time-ago.tsx'
import { Text, useText } from '../../i18n/text.tsx'
import { patchStatus } from '../../state/entities.ts'
import { isSignedIn } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

/** A poll: to vote in while one may, its results otherwise. */
export function PollView({ statusId, poll }: { statusId: string; poll: Poll }) {
  const mayVote = isSignedIn && !poll.expired && !poll.voted
  return (
    <div className="poll">
      {mayVote ? <Ballot statusId={statusId} poll={poll} /> : <Results poll={poll} />}
      <p className="poll-foot">
        <Text id="poll.votes" values={{ count: poll.voters_count ?? poll.votes_count }} />
        {poll.expires_at && (
          <>
            {' · '}
            <Text
              id={poll.expired ? 'poll.ended' : 'poll.ends'}
              values={{ when: <FullTime key="when" date={poll.expires_at} /> }}
            />
          </>
        )}
      </p>
    </div>
  )
}

function Ballot({ statusId, poll }: { statusId: string; poll: Poll }) {
  const say = useText()
  const name = useId()
  const [chosen, choose] = useState<readonly number[]>([])
  const vote = useMutation({
    mutationFn: () => votePoll(poll.id, [...chosen]),
    onSuccess: (answer) => patchStatus(statusId, { poll: answer }),
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    vote.mutate()
  }
  const toggle = (at: number) => {
    if (!poll.multiple) choose([at])
    else choose((was) => (was.includes(at) ? was.filter((one) => one !== at) : [...was, at]))
  }
  return (
    <form onSubmit={submit}>
      {poll.options.map((option, at) => (
        <label key={at} className="check">
          <input
            type={poll.multiple ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(at)}
            onChange={() => toggle(at)}
          />
          <span dir="auto">
            <EmojiText text={option.title} emojis={poll.emojis} />
          </span>
        </label>
      ))}
      <Button type="submit" disabled={chosen.length === 0} busy={vote.isPending}>
        {say('poll.vote')}
      </Button>
    </form>
  )
}

function Results({ poll }: { poll: Poll }) {
  const say = useText()
  const total = poll.voters_count || poll.votes_count || 1
  return (
    <ul className="poll-results">
      {poll.options.map((option, at) => {
        const percent = Math.round(((option.votes_count ?? 0) / total) * 100)
        return (
          <li key={at}>
            <span className="poll-bar" style={{ inlineSize: `${Math.max(percent, 1)}%` }} />
            <strong>{percent}%</strong>
            <span dir="auto">
              <EmojiText text={option.title} emojis={poll.emojis} />
            </span>
            {poll.own_votes?.includes(at) && <CheckCheck size={16} aria-label={say('poll.own')} />}
          </li>
        )
      })}
    </ul>
  )
}

import type { Account } from '@anancus/core/entities/types'
import { Mail } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { subscribeByMail } from '../../api/accounts.ts'
import { ApiError } from '../../api/errors.ts'
import { Button } from '../../components/button.tsx'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'

const REFUSED = 422

type State = { step: 'asking'; problem?: string } | { step: 'sending' } | { step: 'sent'; address: string }

/** Asks to get the posts of an account by mail; the address has to confirm. For accounts that offer it. */
export function MailForm({ account }: { account: Account }) {
  const say = useText()
  const id = useId()
  const [state, setState] = useState<State>({ step: 'asking' })
  const subscribe = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const address = String(new FormData(event.currentTarget).get('email') ?? '').trim()
    if (address === '') return
    setState({ step: 'sending' })
    subscribeByMail(account.id, address).then(
      () => setState({ step: 'sent', address }),
      (error: unknown) => setState({ step: 'asking', problem: problemOf(error) }),
    )
  }
  // What is wrong with the address is for visitors too to hear.
  const problemOf = (error: unknown) =>
    error instanceof ApiError && error.status === REFUSED ? say('mail_form.refused') : errorWords(say, error)
  if (state.step === 'sent')
    return <output className="mail-form">{say('mail_form.sent', { address: state.address })}</output>
  const problem = state.step === 'asking' ? state.problem : undefined
  return (
    <form className="mail-form" onSubmit={subscribe} noValidate>
      <label htmlFor={id}>
        <Mail size={16} aria-hidden="true" /> {say('mail_form.label')}
      </label>
      <div>
        <input
          id={id}
          className="field"
          type="email"
          name="email"
          autoComplete="email"
          required
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        />
        <Button type="submit" busy={state.step === 'sending'}>
          {say('mail_form.subscribe')}
        </Button>
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}

import { Component, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { useText } from '../i18n/text.tsx'

interface Props {
  children: ReactNode
  /** Another one is another try. */
  resetKey?: string
}

interface State {
  error: unknown
  resetKey: string | undefined
}

/** Catches what no screen expected, a part of the page that cannot be fetched among it, and offers a way on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error ?? new Error('unknown') }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children
  }
}

function Broken({ error }: { error: unknown }) {
  const say = useText()
  const isMissingPart = error instanceof Error && /import|module|chunk/i.test(error.message)
  return (
    <div className="empty" role="alert">
      <p className="empty-title">{say(isMissingPart ? 'broken.missing_part' : 'broken.title')}</p>
      <p>{say('broken.hint')}</p>
      <Button look="main" onClick={() => location.reload()}>
        {say('broken.reload')}
      </Button>
    </div>
  )
}

import { type ReactNode, useRef } from 'react'
import { useText } from '../i18n/text.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useInitialFocus } from './use-initial-focus.ts'

interface Props {
  title: string
  children?: ReactNode
  action: string
  danger?: boolean
  onConfirm(): void
  onClose(): void
}

export function Confirm({ title, children, action, danger, onConfirm, onClose }: Props) {
  const say = useText()
  const button = useInitialFocus<HTMLButtonElement>()
  const confirmed = useRef(false)
  const confirm = () => {
    if (confirmed.current) return
    confirmed.current = true
    onConfirm()
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body">{children}</div>
      <footer className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {say('dialog.cancel')}
        </Button>
        <Button ref={button} look={danger ? 'danger' : 'main'} onClick={confirm}>
          {action}
        </Button>
      </footer>
    </Dialog>
  )
}

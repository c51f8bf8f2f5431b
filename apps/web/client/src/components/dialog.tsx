import { X } from 'lucide-react'
import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import { useText } from '../i18n/text.tsx'
import { IconButton } from './button.tsx'
import './dialog.css'

interface Props {
  title: string
  onClose(): void
  children: ReactNode
  className?: string
  /** Asked before Esc, the cross or a click beside it closes the dialog; false keeps it open. */
  mayClose?(): boolean
  actions?: ReactNode
}

/** A modal dialog. The browser keeps the focus inside and gives it back to where it came from. */
export function Dialog({ title, onClose, children, className = '', mayClose, actions }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const say = useText()
  useModal(ref)
  const ask = () => {
    if (mayClose?.() !== false) ref.current?.close()
  }
  const onCancel = (event: SyntheticEvent) => {
    if (event.target !== ref.current) return
    event.preventDefault()
    ask()
  }
  return (
    // A press beside the box closes; the keyboard has Esc.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-labelledby={heading}
      onCancel={onCancel}
      onClose={(event) => event.target === ref.current && onClose()}
      onMouseDown={(event) => event.target === ref.current && ask()}
    >
      <div className="dialog-box">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          {actions}
          <IconButton icon={X} label={say('dialog.close')} onClick={ask} />
        </header>
        {children}
      </div>
    </dialog>
  )
}

/** Opens a dialog as long as it is mounted, and holds the page behind it still. */
export function useModal(ref: { current: HTMLDialogElement | null }): void {
  // Before the effects of what is inside, which may want the focus for themselves.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const before = document.activeElement
    dialog.showModal()
    document.documentElement.classList.add('has-modal')
    return () => {
      dialog.close()
      if (!document.querySelector('dialog:modal')) document.documentElement.classList.remove('has-modal')
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [ref])
}

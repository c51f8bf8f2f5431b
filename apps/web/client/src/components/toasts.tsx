import { X } from 'lucide-react'
import { useText } from '../i18n/text.tsx'
import { useStore } from '../state/store.ts'
import { announcement, dismissToast, type Toast, toasts } from '../state/toasts.ts'
import { Button, IconButton } from './button.tsx'
import './toasts.css'

/** Short news in a corner, and the voice of the page for screen readers. */
export function Toasts() {
  const shown = useStore(toasts)
  const said = useStore(announcement)
  return (
    <>
      <output className="toasts" aria-live="polite">
        {shown.map((toast) => (
          <ToastBox key={toast.id} toast={toast} />
        ))}
      </output>
      <div className="unseen" aria-live="polite">
        {said}
      </div>
    </>
  )
}

function ToastBox({ toast }: { toast: Toast }) {
  const say = useText()
  const { action } = toast
  const act = () => {
    dismissToast(toast.id)
    action?.run()
  }
  return (
    <div className={`toast ${toast.isError ? 'toast-error' : ''}`}>
      <span>{toast.text}</span>
      {action && (
        <Button look="quiet" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon={X} size={16} label={say('toast.dismiss')} onClick={() => dismissToast(toast.id)} />
    </div>
  )
}

import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'main' | 'plain' | 'danger' | 'quiet'
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'plain', busy, className = '', disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      className={`button button-${look} ${className}`}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      {...rest}
    />
  )
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon
  /** Said by screen readers and shown to pointers. */
  label: string
  size?: number
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon: Icon, label, size = 20, className = '', children, ...rest }: IconProps) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Icon size={size} aria-hidden="true" />
      {children}
    </button>
  )
}

import { Check, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { placeMenu } from './place-menu.ts'
import './menu.css'

export type MenuItem =
  | 'line'
  | {
      label: string
      hint?: string
      icon?: LucideIcon
      danger?: boolean
      /** Given for a choice among several. */
      checked?: boolean
      /** Shown so that one learns why it cannot be done. */
      disabled?: boolean
      onSelect(): void
    }
  | { label: string; icon?: LucideIcon; href: string; external?: boolean }

interface Props {
  label: string
  items: () => MenuItem[]
  className?: string
  /** What the button stands for is so already. */
  isOn?: boolean
  children: ReactNode
}

/** A button with a list of actions behind it: arrow keys, Home, End, first letters and Esc work as in any menu. */
export function Menu({ label, items, className = '', isOn, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-on={isOn || undefined}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {isOpen && (
        <MenuList id={id} label={label} items={items()} button={button} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

interface ListProps {
  id: string
  label: string
  items: MenuItem[]
  button: { current: HTMLButtonElement | null }
  onClose(): void
}

function MenuList({ id, label, items, button, onClose }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = list.current
    if (!element || !button.current) return
    element.showPopover()
    placeMenu(element, button.current)
    const first = element.querySelector<HTMLElement>('[aria-checked="true"]') ?? rows(element)[0]
    first?.focus({ preventScroll: true })
    const follow = () => button.current && placeMenu(element, button.current)
    addEventListener('scroll', follow, { passive: true })
    addEventListener('resize', follow)
    return () => {
      removeEventListener('scroll', follow)
      removeEventListener('resize', follow)
    }
  }, [button])
  const close = () => {
    button.current?.focus({ preventScroll: true })
    onClose()
  }
  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      popover="auto"
      className="menu"
      onToggle={(event) => event.newState === 'closed' && onClose()}
      onKeyDown={(event) => moveInMenu(event, close)}
      onClick={(event) => event.stopPropagation()}
    >
      {items.map((item, at) => (
        <MenuRow key={at} item={item} onClose={close} />
      ))}
    </div>
  )
}

function MenuRow({ item, onClose }: { item: MenuItem; onClose(): void }) {
  if (item === 'line') return <hr className="menu-line" />
  const Icon = item.icon
  const face = (
    <>
      {Icon && <Icon size={18} aria-hidden="true" />}
      <span className="menu-words">
        {item.label}
        {'hint' in item && item.hint && <small>{item.hint}</small>}
      </span>
    </>
  )
  if ('href' in item)
    return (
      <a
        role="menuitem"
        tabIndex={-1}
        className="menu-row"
        href={item.href}
        onClick={onClose}
        {...(item.external && { target: '_blank', rel: 'noopener noreferrer' })}
      >
        {face}
      </a>
    )
  const isChoice = item.checked !== undefined
  return (
    <button
      type="button"
      role={isChoice ? 'menuitemradio' : 'menuitem'}
      aria-checked={item.checked}
      aria-disabled={item.disabled || undefined}
      tabIndex={-1}
      className={`menu-row ${item.danger ? 'menu-danger' : ''}`}
      onClick={() => {
        if (item.disabled) return
        onClose()
        item.onSelect()
      }}
    >
      {face}
      {item.checked && <Check size={18} aria-hidden="true" />}
    </button>
  )
}

function moveInMenu(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  const all = rows(event.currentTarget)
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = target(event.key, at, all)
  if (next) {
    event.preventDefault()
    event.stopPropagation()
    next.focus()
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault()
    event.stopPropagation()
    close()
  }
}

function target(key: string, at: number, all: HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[(at + 1) % all.length]
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1)
  if (key === 'Home') return all[0]
  if (key === 'End') return all.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const letter = key.toLowerCase()
  return [...all.slice(at + 1), ...all].find((row) =>
    row.textContent?.trim().toLowerCase().startsWith(letter),
  )
}

function rows(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-row')]
}

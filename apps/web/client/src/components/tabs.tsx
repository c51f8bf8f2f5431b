import { AppLink } from './app-link.tsx'

export interface Tab {
  to: string
  label: string
}

/** Neighbouring lists, each with an address of its own. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <AppLink key={tab.to} to={tab.to} aria-current={tab.to === current ? 'page' : undefined}>
          {tab.label}
        </AppLink>
      ))}
    </nav>
  )
}

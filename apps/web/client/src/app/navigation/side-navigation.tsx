import { Ellipsis, Feather } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Logo } from '../../components/logo/logo.tsx'
import { Menu } from '../../components/menu.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { openComposer } from '../../state/overlays.ts'
import { initialState, isSignedIn, myId } from '../../state/session.ts'
import { mainEntries } from './entries.ts'
import { EntryLink } from './entry-link.tsx'
import { useMoreItems } from './more-items.ts'
import { SignInButtons } from './sign-in-buttons.tsx'

export function SideNavigation({ path }: { path: string }) {
  const say = useText()
  return (
    <div className="side">
      <AppLink to="/" className="brand" aria-label={say('nav.start', { title: initialState.meta.title })}>
        <Logo size={36} />
        <span className="nav-label">{initialState.meta.title}</span>
      </AppLink>
      <nav className="side-nav" aria-label={say('nav.label')}>
        {mainEntries().map((entry) => (
          <EntryLink key={entry.to} entry={entry} path={path} className="side-link" />
        ))}
        {isSignedIn && <MoreMenu />}
      </nav>
      {isSignedIn ? (
        <Button
          look="main"
          className="new-post"
          aria-label={say('nav.new_post')}
          onClick={() => openComposer()}
        >
          <Feather size={20} aria-hidden="true" />
          <span className="nav-label">{say('nav.new_post')}</span>
        </Button>
      ) : (
        <SignInButtons />
      )}
      {isSignedIn && <OwnCard />}
    </div>
  )
}

function MoreMenu() {
  const say = useText()
  const items = useMoreItems()
  return (
    <Menu label={say('nav.more')} items={items} className="side-link">
      <span className="nav-icon">
        <Ellipsis size={22} strokeWidth={1.9} aria-hidden="true" />
      </span>
      <span className="nav-label">{say('nav.more')}</span>
    </Menu>
  )
}

function OwnCard() {
  const me = useAccount(myId)
  if (!me) return null
  return (
    <AppLink to={`/@${me.acct}`} className="own-card">
      <Avatar account={me} size={38} />
      <span className="own-names">
        <DisplayName account={me} />
        <Handle account={me} />
      </span>
    </AppLink>
  )
}

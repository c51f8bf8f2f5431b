import { Suspense, useEffect, useLayoutEffect } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { StatusSkeletons } from '../components/states.tsx'
import { useText } from '../i18n/text.tsx'
import { cameBack } from '../state/navigation.ts'
import { openComposer, openOverlay } from '../state/overlays.ts'
import { initialState, isSignedIn } from '../state/session.ts'
import { Aside } from './aside.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { BottomBar } from './navigation/bottom-bar.tsx'
import { SideNavigation } from './navigation/side-navigation.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { type Place, placeOf } from './routes.ts'
import { screenOf } from './screens.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { useUnreadCount } from './use-unread-count.ts'
import './shell.css'

/** The frame around every screen: navigation, the screen, and what stands beside it where there is room. */
export function Shell() {
  const say = useText()
  const path = usePathname()
  const place = placeOf(path)
  useShortcuts()
  useUnreadCount()
  useOpenByAddress(place)
  useTopOfNewScreen(place)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say('shell.skip_to_content')}
      </a>
      <SideNavigation path={path} />
      <main id="main" className="column" tabIndex={-1}>
        <OfflineNotice />
        <ErrorBoundary resetKey={path}>
          <Suspense fallback={<ScreenSkeleton />}>{screenOf(place)}</Suspense>
        </ErrorBoundary>
      </main>
      <Aside path={path} />
      <BottomBar path={path} />
    </div>
  )
}

function ScreenSkeleton() {
  return (
    <>
      <div className="column-head" />
      <StatusSkeletons />
    </>
  )
}

/** A new screen begins at its top; the tabs of a profile share one. */
function useTopOfNewScreen(place: Place): void {
  const key = place.screen === 'profile' ? place.acct : JSON.stringify(place)
  useLayoutEffect(() => {
    if (!cameBack()) scrollTo({ top: 0, behavior: 'instant' })
  }, [key])
}

/** Some addresses open a dialog over the home timeline. */
function useOpenByAddress(place: Place): void {
  const { screen } = place
  useEffect(() => {
    if (screen === 'publish' && isSignedIn) openComposer({ kind: 'new', text: sharedText() })
    if (screen === 'settings' || screen === 'shortcuts') openOverlay({ type: screen })
  }, [screen])
}

function sharedText(): string | undefined {
  const params = new URLSearchParams(location.search)
  const shared = ['title', 'text', 'url'].map((name) => params.get(name)).filter(Boolean)
  return shared.join('\n') || initialState.compose.text || undefined
}

import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { closeOverlay, type Overlay, overlays } from '../state/overlays.ts'
import { useStore } from '../state/store.ts'

type OverlayProps<Type extends Overlay['type']> = {
  overlay: Extract<Overlay, { type: Type }>
  onClose(): void
}

/** Parts of the page fetched when they are first opened. */
const PARTS: { [Type in Overlay['type']]: ComponentType<OverlayProps<Type>> } = {
  compose: lazy(async () => ({ default: (await import('../features/compose/composer.tsx')).Composer })),
  lightbox: lazy(async () => ({ default: (await import('../features/lightbox/lightbox.tsx')).Lightbox })),
  history: lazy(async () => ({ default: (await import('../features/history/history.tsx')).History })),
  embed: lazy(async () => ({ default: (await import('../features/embed/embed.tsx')).EmbedDialog })),
  settings: lazy(async () => ({ default: (await import('../features/settings/settings.tsx')).Settings })),
  shortcuts: lazy(async () => ({ default: (await import('../features/settings/shortcuts.tsx')).Shortcuts })),
  navigation: lazy(async () => ({ default: (await import('./navigation/sheet.tsx')).NavigationSheet })),
  mute: lazy(async () => ({ default: (await import('../features/relationships/mute.tsx')).MuteDialog })),
  block: lazy(async () => ({ default: (await import('../features/relationships/block.tsx')).BlockDialog })),
  unfollow: lazy(async () => ({
    default: (await import('../features/relationships/unfollow.tsx')).UnfollowDialog,
  })),
  delete: lazy(async () => ({ default: (await import('../features/status/delete.tsx')).DeleteDialog })),
  'edit-profile': lazy(async () => ({
    default: (await import('../features/profile/edit-profile.tsx')).EditProfile,
  })),
  collection: lazy(async () => ({
    default: (await import('../features/collections/edit-collection.tsx')).EditCollection,
  })),
  'sign-in': lazy(async () => ({ default: (await import('../features/visitor/sign-in.tsx')).SignInDialog })),
}

export function Overlays() {
  const open = useStore(overlays)
  usePreload()
  return open.map((overlay, at) => {
    const Part = PARTS[overlay.type] as ComponentType<{ overlay: Overlay; onClose(): void }>
    return (
      <Suspense key={`${overlay.type}-${at}`} fallback={null}>
        <Part overlay={overlay} onClose={() => closeOverlay(overlay)} />
      </Suspense>
    )
  })
}

/** What is wanted soon comes while nothing else happens. */
function usePreload(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // If it fails now, opening the part tries again and tells.
      void Promise.allSettled([
        import('../features/compose/composer.tsx'),
        import('../features/lightbox/lightbox.tsx'),
        import('../features/thread/thread.tsx'),
        import('../features/profile/profile.tsx'),
        import('../features/notifications/notifications.tsx'),
        import('../features/search/search.tsx'),
      ])
    }, 2_500)
    return () => clearTimeout(timer)
  }, [])
}

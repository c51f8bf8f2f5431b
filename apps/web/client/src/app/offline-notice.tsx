import { WifiOff } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useText } from '../i18n/text.tsx'
import { isSignedIn } from '../state/session.ts'
import { useStore } from '../state/store.ts'
import { connectionState } from '../streaming/live.ts'

/** A socket that comes back this soon was never missed. */
const PATIENCE_MS = 8_000

/** Says when the page is cut off, and when only the live updates are. */
export function OfflineNotice() {
  const say = useText()
  const isOnline = useSyncExternalStore(watchOnline, () => navigator.onLine)
  const isCut = useLongCut()
  if (isOnline && !isCut) return null
  return (
    <output className="offline">
      <WifiOff size={16} aria-hidden="true" />
      {say(isOnline ? 'offline.no_stream' : 'offline.no_network')}
    </output>
  )
}

function watchOnline(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

function useLongCut(): boolean {
  const state = useStore(connectionState)
  const isDown = isSignedIn && state !== 'open' && state !== 'idle'
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isDown) return
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [isDown])
  return isLong
}

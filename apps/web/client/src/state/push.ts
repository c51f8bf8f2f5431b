import { deleteSubscription, saveSubscription } from '../api/push.ts'

const WORKER = '/sw.js'

export type PushState = 'on' | 'off' | 'refused'

/** Whether this browser can be told of things while no page is open. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

export async function readPushState(): Promise<PushState> {
  if (Notification.permission === 'denied') return 'refused'
  return (await currentSubscription()) ? 'on' : 'off'
}

/**
 * Asks the reader, then the browser's push service, then tells the server.
 *
 * @param serverKey by which the push service knows the server
 */
export async function turnPushOn(serverKey: string): Promise<PushState> {
  const permission = await Notification.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'refused' : 'off'
  await navigator.serviceWorker.register(WORKER)
  const { pushManager } = await navigator.serviceWorker.ready
  // One made for another key of the server is of no use.
  await (await pushManager.getSubscription())?.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey })
  try {
    await saveSubscription(subscription)
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
  return 'on'
}

export async function turnPushOff(): Promise<PushState> {
  await forgetPush()
  await deleteSubscription()
  return 'off'
}

/** Ends what the browser has with its push service; the server learns of it when it next tries. */
export async function forgetPush(): Promise<void> {
  await (await currentSubscription())?.unsubscribe()
}

async function currentSubscription(): Promise<PushSubscription | null> {
  if (!canPush()) return null
  const registration = await navigator.serviceWorker.getRegistration(WORKER)
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** Goes where a pressed notification leads, in the page that is open. */
export function followNotifications(goTo: (path: string) => void): void {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'navigate') return
    if ('path' in data && typeof data.path === 'string' && /^\/(?!\/)/.test(data.path)) goTo(data.path)
  })
}

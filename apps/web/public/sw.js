// The service worker of the web client: shows push messages as notifications, and opens what they are about.

/** More notifications than this are put together into one. */
const MOST_SHOWN = 5
const GROUP = 'anancus-group'
const ICON = '/icons/android-chrome-192x192.png'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  event.waitUntil(show(messageOf(event.data)))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.path ?? '/notifications'))
})

/** What came, or nothing to go by: a push must always show something. */
function messageOf(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {}
  }
}

async function show(message) {
  const shown = await self.registration.getNotifications()
  const group = shown.find(({ tag }) => tag === GROUP)
  if (group || shown.length >= MOST_SHOWN) return showTogether(shown, group)
  const { title = 'New notification', body, icon, notification_id: id, preferred_locale: lang } = message
  await self.registration.showNotification(title, {
    body: body ?? '',
    icon: icon || ICON,
    badge: ICON,
    tag: String(id ?? Date.now()),
    lang: lang ?? '',
    timestamp: Date.now(),
    data: { path: await pathOf(message), count: 1 },
  })
}

async function showTogether(shown, group) {
  const count = (group?.data?.count ?? shown.length) + 1
  for (const notification of shown) notification.close()
  await self.registration.showNotification(`${count} new notifications`, {
    icon: ICON,
    badge: ICON,
    tag: GROUP,
    timestamp: Date.now(),
    data: { path: '/notifications', count },
  })
}

/** The page of what a notification is about; the list of all where that is not to be had. */
async function pathOf({ access_token: token, notification_id: id }) {
  if (!token || !Number.isSafeInteger(id)) return '/notifications'
  try {
    const response = await fetch(`/api/v1/notifications/${id}`, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
      credentials: 'omit',
    })
    if (!response.ok) return '/notifications'
    const { account, status } = await response.json()
    if (status) return `/@${status.account.acct}/${status.id}`
    return account ? `/@${account.acct}` : '/notifications'
  } catch {
    return '/notifications'
  }
}

/** Brings an open page of ours there, or opens one. */
async function open(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page =
    pages.find(({ url }) => new URL(url).pathname === path) ??
    pages.find(({ visibilityState }) => visibilityState === 'visible') ??
    pages[0]
  if (!page) return self.clients.openWindow(path)
  await page.focus()
  if (new URL(page.url).pathname !== path) page.postMessage({ type: 'navigate', path })
}

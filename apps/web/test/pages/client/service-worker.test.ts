import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

/** The service worker, in as much of a browser as it asks for. A real one runs it in the end-to-end tests. */

const SOURCE = readFileSync(join(import.meta.dirname, '../../../public/sw.js'), 'utf8')

interface Shown {
  title: string
  tag: string
  data: { path: string; count: number }
  body?: string
  close(): void
}

interface Page {
  url: string
  visibilityState: string
  focus: jest.Mock
  postMessage: jest.Mock
}

type Handler = (event: object) => void

function browser(answer: () => Promise<unknown> = async () => ({ ok: false })) {
  const handlers = new Map<string, Handler>()
  let shown: Shown[] = []
  const pages: Page[] = []
  const openWindow = jest.fn()
  const fetch = jest.fn(answer)
  const registration = {
    getNotifications: async () => [...shown],
    showNotification: async (title: string, options: Omit<Shown, 'title' | 'close'>) => {
      const notification: Shown = { ...options, title, close: () => remove(notification) }
      shown = [...shown.filter(({ tag }) => tag !== options.tag), notification]
    },
  }
  const remove = (gone: Shown) => {
    shown = shown.filter((one) => one !== gone)
  }
  const self = {
    registration,
    clients: { matchAll: async () => pages, openWindow, claim: async () => {} },
    skipWaiting: () => {},
    addEventListener: (name: string, handler: Handler) => void handlers.set(name, handler),
  }
  runInNewContext(SOURCE, { self, fetch, URL })
  const dispatch = async (name: string, event: object) => {
    let work: Promise<unknown> = Promise.resolve()
    const waitUntil = (promise: Promise<unknown>) => {
      work = promise
    }
    handlers.get(name)?.({ ...event, waitUntil })
    await work
  }
  return {
    push: (message: unknown) => dispatch('push', { data: { json: () => message } }),
    pushRaw: (data: unknown) => dispatch('push', { data }),
    press: (notification: unknown) => dispatch('notificationclick', { notification }),
    shown: () => shown,
    openPage: (path: string, visibilityState = 'visible') => {
      const page = {
        url: `https://social.test${path}`,
        visibilityState,
        focus: jest.fn(),
        postMessage: jest.fn(),
      }
      pages.push(page)
      return page
    },
    openWindow,
    fetch,
  }
}

const message = (id = 1) => ({
  access_token: 'secret',
  preferred_locale: 'de',
  notification_id: id,
  notification_type: 'mention',
  icon: 'https://social.test/avatar.png',
  title: 'Bob hat dich erwähnt',
  body: 'Hallo',
})

const json = (body: object) => async () => ({ ok: true, json: async () => body })

describe('a push', () => {
  it('shows what it says, and knows the post it is about', async () => {
    const { push, shown, fetch } = browser(
      json({ account: { acct: 'x' }, status: { id: '9', account: { acct: 'bob@far.test' } } }),
    )
    await push(message(7))
    expect(shown()).toMatchObject([
      {
        title: 'Bob hat dich erwähnt',
        body: 'Hallo',
        tag: '7',
        lang: 'de',
        data: { path: '/@bob@far.test/9' },
      },
    ])
    expect(fetch).toHaveBeenCalledWith('/api/v1/notifications/7', {
      headers: { Authorization: 'Bearer secret', Accept: 'application/json' },
      credentials: 'omit',
    })
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['the account', json({ account: { acct: 'bob' } }), '/@bob'],
    ['the list where it is gone', async () => ({ ok: false }), '/notifications'],
    ['the list without a network', () => Promise.reject(new Error('offline')), '/notifications'],
  ])('leads to %s', async (_what, answer, path) => {
    const { push, shown } = browser(answer)
    await push(message())
    expect(shown()[0]?.data.path).toBe(path)
  })

  it('always shows something, whatever came', async () => {
    const { push, pushRaw, shown, fetch } = browser()
    await pushRaw(null)
    await pushRaw({
      json: () => {
        throw new SyntaxError('no JSON')
      },
    })
    await push({ ...message(), notification_id: '../../x' })
    expect(shown().map(({ title }) => title)).toContain('New notification')
    expect(fetch).not.toHaveBeenCalled()
  })

  it('becomes one of many after five', async () => {
    const { push, shown } = browser()
    for (let id = 1; id <= 5; id++) await push(message(id))
    expect(shown()).toHaveLength(5)
    await push(message(6))
    await push(message(7))
    expect(shown()).toMatchObject([
      { title: '7 new notifications', data: { path: '/notifications', count: 7 } },
    ])
  })
})

describe('a notification that is pressed', () => {
  const notification = (path: string) => ({ close: jest.fn(), data: { path } })

  it('opens its page', async () => {
    const { press, openWindow } = browser()
    const pressed = notification('/@bob/9')
    await press(pressed)
    expect(pressed.close).toHaveBeenCalled()
    expect(openWindow).toHaveBeenCalledWith('/@bob/9')
  })

  it('brings the page that is there already', async () => {
    const { press, openPage, openWindow } = browser()
    openPage('/home')
    const page = openPage('/@bob/9', 'hidden')
    await press(notification('/@bob/9'))
    expect(page.focus).toHaveBeenCalled()
    expect(page.postMessage).not.toHaveBeenCalled()
    expect(openWindow).not.toHaveBeenCalled()
  })

  it('leads the page in front there', async () => {
    const { press, openPage } = browser()
    openPage('/public', 'hidden')
    const page = openPage('/home')
    await press(notification('/@bob/9'))
    expect(page.focus).toHaveBeenCalled()
    expect(page.postMessage).toHaveBeenCalledWith({ type: 'navigate', path: '/@bob/9' })
  })
})

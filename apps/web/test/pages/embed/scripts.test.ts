import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

/** The two scripts of embeds, in a page made of as little as they ask for. */

const source = (name: string) => readFileSync(join(import.meta.dirname, '../../../public', name), 'utf8')

type Listener = (event: { data: unknown; source: unknown }) => void

describe('embed.js on another site', () => {
  interface Frame {
    src: string
    height: string
    sandbox: string
    contentWindow: { postMessage: jest.Mock }
    load(): void
  }

  /** By which the frame was asked how tall it is. */
  function idAsked(frame: Frame): { id: number } {
    const [call] = frame.contentWindow.postMessage.mock.calls as [{ id: number }][]
    if (!call) throw new Error('The frame was not asked.')
    return call[0]
  }

  function page(urls: string[], prefixes: string | undefined = 'https://social.test/') {
    const frames: Frame[] = []
    const listeners: Listener[] = []
    const link = { style: { setProperty: jest.fn() } }
    const quotes = urls.map((embedUrl) => ({
      dataset: { embedUrl } as Record<string, string>,
      textContent: 'Post by @alice',
      append: (frame: Frame) => void frames.push(frame),
    }))
    const createElement = () => {
      const frame = { style: {}, previousElementSibling: link, contentWindow: { postMessage: jest.fn() } }
      const onLoad: (() => void)[] = []
      return Object.assign(frame, {
        addEventListener: (_name: string, listener: () => void) => void onLoad.push(listener),
        load: () => onLoad.forEach((listener) => listener()),
      })
    }
    const script = { src: 'https://social.test/embed.js', dataset: { allowedPrefixes: prefixes } }
    runInNewContext(source('embed.js'), {
      URL,
      crypto,
      Uint32Array,
      window: { addEventListener: (_name: string, listener: Listener) => void listeners.push(listener) },
      document: {
        currentScript: script,
        readyState: 'complete',
        querySelectorAll: () => quotes,
        createElement,
      },
    })
    const say = (data: unknown, from: unknown) =>
      listeners.forEach((listener) => listener({ data, source: from }))
    return { frames, link, say }
  }

  it('puts a frame in the place of the link, and makes it as tall as the post says', () => {
    const { frames, link, say } = page([
      'https://social.test/@alice/1/embed',
      'https://social.test/@alice/2/embed',
    ])
    const [first, second] = frames
    if (!first || !second) throw new Error('There are no frames.')
    expect(first.src).toBe('https://social.test/@alice/1/embed')
    expect(first.sandbox).toBe('allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox')
    first.load()
    const { id } = idAsked(first)
    expect(link.style.setProperty).not.toHaveBeenCalled()
    say({ type: 'setHeight', id, height: 321.5 }, first.contentWindow)
    expect([first.height, second.height]).toEqual(['322', '0'])
    expect(link.style.setProperty).toHaveBeenCalledWith('display', 'none')
  })

  it.each([
    'https://evil.test/@alice/1/embed',
    'https://social.test.evil.test/embed',
    'javascript:alert(1)//https://social.test/',
    'https://social.test@evil.test/embed',
    '/embed',
    '',
  ])('leaves %s alone', (url) => {
    expect(page([url]).frames).toEqual([])
  })

  it('SEC-XSS-11 ignores odd messages, and those of anybody but the frame itself', () => {
    const { frames, say } = page(['https://social.test/@alice/1/embed'])
    const [frame] = frames
    if (!frame) throw new Error('There is no frame.')
    frame.load()
    const { id } = idAsked(frame)
    const odd = [
      null,
      'setHeight',
      7,
      [],
      {},
      { type: 'setHeight' },
      { type: 'setHeight', id, height: '9' },
      { type: 'setHeight', id, height: Number.NaN },
      { type: 'setHeight', id: '__proto__', height: 9 },
      { type: 'setHeight', id: 'constructor', height: 9 },
      { type: 'other', id, height: 9 },
      { __proto__: { type: 'setHeight' }, id: id + 99, height: 9 },
    ]
    for (const data of odd) say(data, frame.contentWindow)
    say({ type: 'setHeight', id, height: 9 }, {})
    say({ type: 'setHeight', id, height: 9 }, null)
    expect(frame.height).toBe('0')
    say({ type: 'setHeight', id, height: 1e9 }, frame.contentWindow)
    expect(frame.height).toBe('20000')
    say({ type: 'setHeight', id, height: -5 }, frame.contentWindow)
    expect(frame.height).toBe('0')
    expect(Object.prototype).not.toHaveProperty('height')
  })
})

describe('embed-page.js inside a post', () => {
  function post() {
    const listeners = new Map<string, Listener>()
    const around = { postMessage: jest.fn() }
    let onResize = () => {}
    runInNewContext(source('embed-page.js'), {
      window: {
        parent: around,
        addEventListener: (name: string, listener: Listener) => void listeners.set(name, listener),
      },
      document: { documentElement: { scrollHeight: 240 } },
      ResizeObserver: class {
        constructor(callback: () => void) {
          onResize = callback
        }
        observe() {}
      },
    })
    const say = (data: unknown, from: unknown = around) => listeners.get('message')?.({ data, source: from })
    return { around, say, resize: () => onResize() }
  }

  it('tells its height when asked, and again whenever that changes', () => {
    const { around, say, resize } = post()
    resize()
    expect(around.postMessage).not.toHaveBeenCalled()
    say({ type: 'setHeight', id: 5 })
    expect(around.postMessage).toHaveBeenCalledWith({ type: 'setHeight', id: 5, height: 240 }, '*')
    resize()
    expect(around.postMessage).toHaveBeenCalledTimes(2)
  })

  it('SEC-XSS-11 ignores odd messages, and those of anybody but the page around', () => {
    const { around, say } = post()
    for (const data of [
      null,
      'x',
      1,
      {},
      { type: 'setHeight' },
      { type: 'setHeight', id: '5' },
      { type: 'x', id: 5 },
    ])
      say(data)
    say({ type: 'setHeight', id: 5 }, {})
    expect(around.postMessage).not.toHaveBeenCalled()
  })
})

// Runs on other people's sites: puts the post itself in the place of each link to one.
;(() => {
  const HIGHEST = 20_000
  const script = document.currentScript
  const own = script ? new URL(script.src).origin : undefined
  const allowed = (script?.dataset.allowedPrefixes ?? (own ? `${own}/` : '')).split(' ').filter(Boolean)
  const frames = new Map()
  const [seed] = crypto.getRandomValues(new Uint32Array(1))
  let count = 0

  window.addEventListener('message', ({ data, source }) => {
    if (typeof data !== 'object' || data === null || data.type !== 'setHeight') return
    const { id, height } = data
    const frame = frames.get(id)
    // Only the frame itself may say how tall it is.
    if (!frame || frame.contentWindow !== source || !Number.isFinite(height)) return
    // Until then the link stood there: where the post is gone, it is all there is.
    frame.previousElementSibling?.style.setProperty('display', 'none')
    frame.height = String(Math.min(Math.max(0, Math.ceil(height)), HIGHEST))
  })

  const isAllowed = (url) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return false
    return allowed.some((prefix) => new URL(url).href.startsWith(prefix))
  }

  const replace = (quote) => {
    const url = quote.dataset.embedUrl
    if (!isAllowed(url)) return
    count += 1
    const id = seed + count
    const frame = document.createElement('iframe')
    frame.src = url
    frame.title = quote.textContent.trim().slice(0, 200)
    frame.allow = 'fullscreen'
    frame.sandbox = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox'
    frame.style.cssText = 'border:0;width:100%;overflow:hidden'
    frame.height = '0'
    frames.set(id, frame)
    frame.addEventListener('load', () => frame.contentWindow.postMessage({ type: 'setHeight', id }, '*'))
    quote.append(frame)
    delete quote.dataset.embedUrl
  }

  const replaceAll = () =>
    document.querySelectorAll('blockquote.mastodon-embed[data-embed-url]').forEach(replace)
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', replaceAll)
  else replaceAll()
})()

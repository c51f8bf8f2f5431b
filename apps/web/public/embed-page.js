// Runs inside an embedded post: tells the page around it how tall the post is, when asked and whenever that changes.
;(() => {
  let id

  const tell = () => {
    if (id === undefined) return
    // The height is no secret; who is around a post is not known.
    window.parent.postMessage({ type: 'setHeight', id, height: document.documentElement.scrollHeight }, '*')
  }

  window.addEventListener('message', (event) => {
    const { data, source } = event
    if (source !== window.parent || typeof data !== 'object' || data === null) return
    if (data.type !== 'setHeight' || typeof data.id !== 'number') return
    id = data.id
    tell()
  })

  new ResizeObserver(tell).observe(document.documentElement)
  window.addEventListener('load', tell)
})()

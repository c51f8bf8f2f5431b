// Runs in the browser, for sanitiser.test.ts.

const ATTRIBUTES = ['href', 'class', 'translate', 'start', 'reversed', 'value', 'lang', 'rel', 'target']

/** The markups in which the browser finds what nobody may write, each with what it is. */
function findOffenders({ markups, elements }) {
  const allowed = new Set(elements)
  return markups.flatMap((markup) => {
    const { body, head } = new DOMParser().parseFromString(markup, 'text/html')
    const problem = problemIn(body, allowed) ?? problemIn(head, allowed)
    if (problem !== null) return [`${problem} in ${markup}`]
    // What is printed and parsed again is the same tree, without a repair.
    const place = document.createElement('div')
    place.innerHTML = markup
    const printed = place.innerHTML
    place.innerHTML = printed
    if (place.innerHTML !== printed) return [`changes in ${markup}`]
    return isBalanced(markup) ? [] : [`unbalanced ${markup}`]
  })
}

function problemIn(root, allowed) {
  for (const element of root.querySelectorAll('*')) {
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return element.namespaceURI
    if (!allowed.has(element.localName)) return element.localName
    for (const { name, value } of element.attributes) {
      if (!ATTRIBUTES.includes(name)) return name
      if (name === 'href' && /^(javascript|data|vbscript|blob|file):/.test(element.protocol)) return value
    }
  }
  return null
}

function isBalanced(markup) {
  const count = (pattern) => (markup.match(pattern) ?? []).length
  return count(/<[a-z]/g) - count(/<br>/g) === count(/<\//g)
}

/** Puts each markup into the page, clicks on everything, and says whether anything ran. */
async function runEverything(markups) {
  const root = document.getElementById('root')
  for (const markup of markups) {
    root.innerHTML = markup
    for (const element of root.querySelectorAll('*')) {
      element.addEventListener('click', (event) => event.preventDefault())
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  return 'pwned' in window
}

Object.assign(window, { findOffenders, runEverything })

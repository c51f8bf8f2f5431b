import { escapeHtml } from '../../kernel/text/html.ts'
import { walkHtml } from '../../kernel/text/html-tokens.ts'

/** Players and frames, each with the attributes it keeps. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  audio: ['controls'],
  embed: ['height', 'src', 'type', 'width'],
  iframe: ['allowfullscreen', 'frameborder', 'height', 'scrolling', 'src', 'width'],
  source: ['src', 'type'],
  video: ['controls', 'height', 'loop', 'width'],
}
const WITHOUT_END = new Set(['embed', 'source'])

/** A frame may run and play; it may not navigate or read the page it stands in. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms'

/**
 * Reduces what a page offers for embedding to players and sandboxed frames from http(s) addresses. Everything else
 * goes, texts included; the output is balanced.
 */
export function embedHtml(markup: string): string {
  if (markup === '') return ''
  let out = ''
  const open: string[] = []
  walkHtml(markup, {
    open(name, attributes) {
      const allowed = ELEMENTS[name]
      if (!allowed) return
      out += `<${name}${keptAttributes(allowed, attributes)}${name === 'iframe' ? ` sandbox="${SANDBOX}"` : ''}>`
      if (!WITHOUT_END.has(name)) open.push(name)
    },
    close(name) {
      if (!open.includes(name)) return
      while (open.length > 0) {
        const last = open.pop()
        out += `</${last}>`
        if (last === name) return
      }
    },
    text() {},
  })
  return (
    out +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  )
}

function keptAttributes(allowed: readonly string[], attributes: ReadonlyMap<string, string>): string {
  let kept = ''
  for (const name of allowed) {
    const value = attributes.get(name)
    if (value === undefined || (name === 'src' && !isWebAddress(value))) continue
    kept += ` ${name}="${escapeHtml(value)}"`
  }
  return kept
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' || url?.protocol === 'http:'
}

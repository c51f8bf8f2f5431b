import { escapeHtml } from '../../kernel/text/html.ts'
import { walkHtml } from '../../kernel/text/html-tokens.ts'

/** Players and frames, each with the attributes it keeps. */
const PLAYERS: Readonly<Record<string, readonly string[]>> = {
  audio: ['controls'],
  iframe: ['allowfullscreen', 'frameborder', 'height', 'scrolling', 'src', 'width'],
  video: ['controls', 'height', 'loop', 'width'],
}
const SOURCE = ['src', 'type']

/** A frame may run and play; it may not navigate or read the page it stands in. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms'

/**
 * Reduces what a page offers for embedding to its first player, or frame of an http(s) address, in a sandbox.
 * Everything else goes, texts included; the output is balanced.
 */
export function embedHtml(markup: string): string {
  if (markup === '') return ''
  let out = ''
  let player: string | null = null
  let isOpen = false
  walkHtml(markup, {
    open(name, attributes) {
      const allowed = PLAYERS[name]
      if (allowed && player === null) {
        if (name === 'iframe' && !isWebAddress(attributes.get('src'))) return
        player = name
        isOpen = true
        out += `<${name}${keptAttributes(allowed, attributes)}${name === 'iframe' ? ` sandbox="${SANDBOX}"` : ''}>`
      } else if (name === 'source' && isOpen && player !== 'iframe')
        out += `<source${keptAttributes(SOURCE, attributes)}>`
    },
    close(name) {
      if (!isOpen || name !== player) return
      isOpen = false
      out += `</${name}>`
    },
    text() {},
  })
  return isOpen ? `${out}</${player}>` : out
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

function isWebAddress(text: string | undefined): boolean {
  const url = text === undefined ? null : URL.parse(text)
  return url?.protocol === 'https:' || url?.protocol === 'http:'
}

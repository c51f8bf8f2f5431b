import { walkHtml } from './html-tokens.ts'
import { lastWord } from './last-word.ts'
import { MathReader } from './math.ts'
import {
  BLOCKS,
  HEADINGS,
  KEPT_ELEMENTS,
  keptAttributes,
  REMOVED_WITH_CONTENTS,
  SIBLINGS,
  SPACED_ELEMENTS,
  safeHref,
} from './sanitize-rules.ts'

/** Kept elements inside each other; deeper ones are unwrapped. Nobody writes so, and browsers are spared it. */
const MAX_DEPTH = 100

/** An element that is open in the output. `name` is what a closing tag must say. */
interface Open {
  name: string
  tags: readonly string[]
  block: boolean
}

/** What a new list item ends with the item before it. */
const PARAGRAPHS: ReadonlySet<string> = new Set(['p', 'heading'])

/** A link whose scheme is refused: its text stays, its inner tags do not. */
const PLAIN_LINK = 'a (plain)'

/**
 * Reduces HTML of other servers to what Mastodon lets through: a fixed list of elements, attributes and classes, links
 * with `rel="nofollow noopener"` and `target="_blank"`. The output is written anew from tokens, balanced and escaped,
 * so that parsing it again gives the same; it never throws and is linear in the length of the input.
 */
export function sanitizeStatusHtml(markup: string): string {
  return lastWord(rewriteStatusHtml(markup))
}

/** Mastodon's rules alone, without the library's last word. For `sanitizeStatusHtml` and its tests. */
export function rewriteStatusHtml(markup: string): string {
  const writer = new Sanitizer()
  walkHtml(markup, writer)
  return writer.finish()
}

class Sanitizer {
  #out = ''
  readonly #stack: Open[] = []
  /** Inside an element that goes with its contents: its name and how often it is open. */
  #removed: { name: string; depth: number } | null = null
  #math: MathReader | null = null

  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void {
    if (this.#math) this.#math.open(name, attributes, selfClosing)
    else if (this.#removed) this.#removed.depth += name === this.#removed.name && !selfClosing ? 1 : 0
    else if (name === 'math') this.#math = selfClosing ? null : new MathReader(attributes)
    else if (REMOVED_WITH_CONTENTS.has(name)) this.#remove(name, selfClosing)
    else if (HEADINGS.has(name)) this.#openBlock('heading', ['<p>', '<strong>'], ['</strong></p>'])
    else if (SPACED_ELEMENTS.has(name)) this.#out += ' '
    else if (KEPT_ELEMENTS.has(name)) this.#keep(name, attributes)
  }

  close(name: string): void {
    if (this.#math) {
      if (this.#math.close(name)) this.#endMath(this.#math)
    } else if (this.#removed) {
      if (name === this.#removed.name && --this.#removed.depth === 0) this.#removed = null
    } else if (HEADINGS.has(name)) this.#closeNamed('heading', true)
    else if (SPACED_ELEMENTS.has(name)) this.#out += ' '
    else if (name === 'br') this.#out += '<br>'
    else if (name === 'a' && this.#top()?.name === PLAIN_LINK) this.#stack.pop()
    else if (KEPT_ELEMENTS.has(name)) this.#closeNamed(name, BLOCKS.has(name))
  }

  text(text: string): void {
    if (this.#math) this.#math.text(text)
    else if (!this.#removed) this.#out += escapeText(text)
  }

  finish(): string {
    this.#closeTo(0)
    return this.#out
  }

  #remove(name: string, selfClosing: boolean): void {
    // HTML ignores the slash on its own elements; only foreign ones close themselves.
    if (!(selfClosing && name === 'svg')) this.#removed = { name, depth: 1 }
  }

  #endMath(math: MathReader): void {
    this.#math = null
    this.#out += escapeText(math.result())
  }

  #keep(name: string, attributes: ReadonlyMap<string, string>): void {
    if (BLOCKS.has(name)) return this.#openBlock(name, [startTag(name, attributes)], [`</${name}>`])
    if (name === 'a') return this.#openLink(attributes)
    if (this.#top()?.name === PLAIN_LINK) return
    if (name === 'br') this.#out += '<br>'
    else {
      const siblings = SIBLINGS[name]
      if (siblings) this.#closeSibling(siblings)
      this.#push(name, [startTag(name, attributes)], [`</${name}>`], false)
    }
  }

  #openBlock(name: string, starts: readonly string[], ends: readonly string[]): void {
    if (this.#top()?.name === PLAIN_LINK) this.#stack.pop()
    this.#closeSibling(SIBLINGS[name] ?? new Set(['p', 'heading']))
    this.#push(name, starts, ends, true)
  }

  #openLink(attributes: ReadonlyMap<string, string>): void {
    if (this.#top()?.name === PLAIN_LINK) this.#stack.pop()
    this.#closeSibling(new Set(['a']))
    if (this.#stack.some((open) => open.name === 'a')) return
    if (safeHref(attributes) === null) this.#push(PLAIN_LINK, [], [], false)
    else this.#push('a', [startTag('a', attributes)], ['</a>'], false)
  }

  /** Ends the nearest of `names` with what is open inside it, unless a block of another kind lies between. */
  #closeSibling(names: ReadonlySet<string>): void {
    for (let index = this.#stack.length - 1; index >= 0; index--) {
      const open = this.#stack[index]
      if (!open) return
      if (names.has(open.name)) return this.#closeTo(index)
      if (open.block && !(names.has('li') && PARAGRAPHS.has(open.name))) return
    }
  }

  /** Obeys a closing tag. An inline one cannot reach through a block, a stray one does nothing. */
  #closeNamed(name: string, throughBlocks: boolean): void {
    for (let index = this.#stack.length - 1; index >= 0; index--) {
      const open = this.#stack[index]
      if (!open) return
      if (open.name === name) return this.#closeTo(index)
      if (open.block && !throughBlocks) return
    }
  }

  #push(name: string, starts: readonly string[], ends: readonly string[], block: boolean): void {
    if (this.#stack.length >= MAX_DEPTH) return
    this.#out += starts.join('')
    this.#stack.push({ name, tags: ends, block })
  }

  #closeTo(length: number): void {
    while (this.#stack.length > length) this.#out += this.#stack.pop()?.tags.join('') ?? ''
  }

  #top(): Open | undefined {
    return this.#stack.at(-1)
  }
}

function startTag(name: string, attributes: ReadonlyMap<string, string>): string {
  const kept = keptAttributes(name, attributes)
  return `<${name}${kept.map(([attribute, value]) => ` ${attribute}="${escapeAttribute(value)}"`).join('')}>`
}

function escapeText(text: string): string {
  return text
    .replaceAll('\u0000', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', '&quot;')
}

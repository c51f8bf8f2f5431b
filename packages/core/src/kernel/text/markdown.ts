import { escapeHtml } from './html.ts'

/**
 * Renders the Markdown administrators write about their server: headings, paragraphs, lists, quotes, code, rules,
 * emphasis, links. Markup in the text is shown, not obeyed.
 */
export function renderMarkdown(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const out: string[] = []
  for (let at = 0; at < lines.length; ) {
    const [markup, next] = block(lines, at)
    if (markup !== '') out.push(markup)
    at = next
  }
  return out.join('\n')
}

const HEADING = /^(#{1,6})\s+(.*)$/s
const BULLET = /^\s{0,3}[-*+]\s+(.*)$/s
const NUMBER = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/s
const QUOTE = /^\s{0,3}>\s?(.*)$/s
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/
const FENCE = /^```/

/** One block from a line on: its HTML, and the line after it. */
function block(lines: readonly string[], at: number): [string, number] {
  const line = lines[at] ?? ''
  if (line.trim() === '') return ['', at + 1]
  if (FENCE.test(line)) return fence(lines, at)
  if (RULE.test(line)) return ['<hr>', at + 1]
  const heading = HEADING.exec(line)
  if (heading) {
    const level = heading[1]?.length ?? 1
    return [`<h${level}>${inline(title(heading[2] ?? ''))}</h${level}>`, at + 1]
  }
  if (QUOTE.test(line)) {
    const [quoted, next] = collect(lines, at, QUOTE)
    return [`<blockquote>${renderMarkdown(quoted.join('\n'))}</blockquote>`, next]
  }
  if (BULLET.test(line)) return list(lines, at, BULLET, 'ul')
  if (NUMBER.test(line)) return list(lines, at, NUMBER, 'ol')
  return paragraph(lines, at)
}

/** A heading may be closed as it was opened. */
function title(text: string): string {
  return text
    .trimEnd()
    .replace(/(?<!#)#+$/, '')
    .trimEnd()
}

function fence(lines: readonly string[], at: number): [string, number] {
  const end = lines.findIndex((line, index) => index > at && FENCE.test(line))
  const last = end < 0 ? lines.length : end
  return [`<pre><code>${escapeHtml(lines.slice(at + 1, last).join('\n'))}</code></pre>`, last + 1]
}

function collect(lines: readonly string[], at: number, pattern: RegExp): [string[], number] {
  const found: string[] = []
  let next = at
  for (; next < lines.length; next += 1) {
    const match = pattern.exec(lines[next] ?? '')
    if (!match) break
    found.push(match[1] ?? '')
  }
  return [found, next]
}

/** Items may go on in indented lines. */
function list(lines: readonly string[], at: number, pattern: RegExp, tag: 'ul' | 'ol'): [string, number] {
  const items: string[] = []
  let next = at
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    const match = pattern.exec(line)
    if (match) items.push(match[1] ?? '')
    else if (/^\s+\S/.test(line)) items[items.length - 1] += `\n${line.trim()}`
    else break
  }
  return [`<${tag}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`, next]
}

function paragraph(lines: readonly string[], at: number): [string, number] {
  let next = at + 1
  const isText = (line: string) =>
    line.trim() !== '' && ![HEADING, BULLET, NUMBER, QUOTE, RULE, FENCE].some((kind) => kind.test(line))
  while (next < lines.length && isText(lines[next] ?? '')) next += 1
  return [`<p>${inline(lines.slice(at, next).join('\n'))}</p>`, next]
}

const CODE = /`([^`\n]{1,1000})`/
const LINK = /\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)/
const BARE_LINK = /https?:\/\/[^\s<>()"']{1,2000}[^\s<>()"'.,;:!?]/
const BOLD = /\*\*([^*\n]{1,1000})\*\*/
const EMPHASIS = /\*([^*\n]{1,1000})\*|\b_([^_\n]{1,1000})_\b/
const INLINE = new RegExp(
  [CODE, LINK, BARE_LINK, BOLD, EMPHASIS].map(({ source }) => `(?:${source})`).join('|'),
)

function inline(text: string): string {
  const match = INLINE.exec(text)
  if (!match) return escapeHtml(text).replaceAll('\n', '<br>')
  const before = text.slice(0, match.index)
  return inline(before) + marked(match) + inline(text.slice(match.index + match[0].length))
}

function marked([whole, code, label, target, bold, star, underscore]: RegExpExecArray): string {
  if (code !== undefined) return `<code>${escapeHtml(code)}</code>`
  if (label !== undefined && target !== undefined) return anchor(target, inline(label), whole)
  if (bold !== undefined) return `<strong>${inline(bold)}</strong>`
  const emphasised = star ?? underscore
  if (emphasised !== undefined) return `<em>${inline(emphasised)}</em>`
  return anchor(whole, escapeHtml(whole), whole)
}

/** Only where a browser goes without doing anything. */
function anchor(target: string, label: string, whole: string): string {
  const isSafe = /^(https?:\/\/|mailto:|\/(?!\/))/i.test(target)
  return isSafe ? `<a href="${escapeHtml(target)}">${label}</a>` : escapeHtml(whole)
}

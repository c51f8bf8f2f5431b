import { walkHtml } from './html-tokens.ts'
import { REMOVED_WITH_CONTENTS } from './sanitize-rules.ts'

/** The text of HTML as people would type it: line breaks and paragraphs become newlines, tags go, the ends are trimmed. */
export function plainText(markup: string): string {
  let out = ''
  let removed: { name: string; depth: number } | null = null
  walkHtml(markup, {
    open(name, _attributes, selfClosing) {
      if (removed) removed.depth += name === removed.name && !selfClosing ? 1 : 0
      else if (REMOVED_WITH_CONTENTS.has(name)) removed = selfClosing ? null : { name, depth: 1 }
      else if (name === 'br') out += '\n'
    },
    close(name) {
      if (removed) {
        if (name === removed.name && --removed.depth === 0) removed = null
      } else if (name === 'p' || name === 'li') out += '\n'
    },
    text(text) {
      if (!removed) out += text
    },
  })
  return out.trim()
}

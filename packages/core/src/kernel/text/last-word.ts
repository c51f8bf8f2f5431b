import { createRequire } from 'node:module'
import type sanitizeHtml from 'sanitize-html'
import { KEPT_ELEMENTS, LINK_SCHEMES } from './sanitize-rules.ts'

const require = createRequire(import.meta.url)
/** Loaded with the first text: it brings more than a hundred files. */
let sanitize: typeof sanitizeHtml | undefined

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...KEPT_ELEMENTS],
  allowedAttributes: {
    '*': ['lang'],
    a: ['href', 'class', 'translate', 'rel', 'target'],
    span: ['class', 'translate'],
    p: ['class'],
    ol: ['start', 'reversed'],
    li: ['value'],
  },
  allowedSchemes: [...LINK_SCHEMES],
  selfClosing: ['br'],
  parseStyleAttributes: false,
  disallowedTagsMode: 'discard',
}

/**
 * What a sanitiser that many people watch makes of our output: the same, unless one of us has missed something. It gets
 * what is written anew already, so its input is balanced and of bounded depth.
 */
export function lastWord(rewritten: string): string {
  sanitize ??= require('sanitize-html') as typeof sanitizeHtml
  return sanitize(rewritten, OPTIONS).replaceAll('<br />', '<br>')
}

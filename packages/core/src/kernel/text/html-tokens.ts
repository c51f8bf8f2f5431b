import { Tokenizer } from 'htmlparser2'

/** What a walk over HTML tells. Names are lower case, entities are decoded. */
export interface HtmlHandler {
  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void
  close(name: string): void
  text(text: string): void
}

/**
 * Tells `handler` the tags and texts of `html` in order, each once and without a tree: linear in its length, whatever
 * the nesting. Comments, declarations and CDATA are left out; a tag that never ends is left out too.
 */
export function walkHtml(html: string, handler: HtmlHandler): void {
  let name = ''
  let attribute = ''
  let value = ''
  let attributes = new Map<string, string>()
  const opened = (selfClosing: boolean) => {
    const seen = attributes
    attributes = new Map()
    handler.open(name, seen, selfClosing)
  }
  const nothing = () => {}
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => handler.text(html.slice(start, end)),
      ontextentity: (codePoint) => handler.text(String.fromCodePoint(codePoint)),
      onopentagname: (start, end) => {
        name = html.slice(start, end).toLowerCase()
      },
      onattribname: (start, end) => {
        attribute = html.slice(start, end).toLowerCase()
        value = ''
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end)
      },
      onattribentity: (codePoint) => {
        value += String.fromCodePoint(codePoint)
      },
      // The first of two equal attributes counts, as in browsers.
      onattribend: () => {
        if (!attributes.has(attribute)) attributes.set(attribute, value)
      },
      onopentagend: () => opened(false),
      onselfclosingtag: () => opened(true),
      onclosetag: (start, end) => handler.close(html.slice(start, end).toLowerCase()),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}

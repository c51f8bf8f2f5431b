import { Parser } from 'htmlparser2'

/** The address of a link that is all there is in some HTML, and is called what it leads to; null for anything else. */
export function soleLink(html: string): string | null {
  let href: string | null = null
  let text = ''
  let links = 0
  let depth = 0
  let isOther = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (depth === 0) {
          links += 1
          href = name === 'a' ? (attributes.href ?? null) : null
        } else if (name !== 'span') isOther = true
        depth += 1
      },
      onclosetag() {
        depth -= 1
      },
      ontext(part) {
        if (depth === 0) isOther = true
        text += part
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return links === 1 && !isOther && href === text ? href : null
}

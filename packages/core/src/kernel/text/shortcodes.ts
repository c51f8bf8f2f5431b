/**
 * Puts something in the place of each `:name:` that stands in the text of HTML, never inside a tag: an address keeps
 * what looks like a name.
 *
 * @param markup sanitised HTML, in which every `<` and `>` of a text or an attribute is escaped
 * @param replace the markup for a name, undefined where it is none
 */
export function replaceShortcodes(markup: string, replace: (name: string) => string | undefined): string {
  return markup
    .split(/(<[^<>]*>)/)
    .map((part) =>
      part.startsWith('<') ? part : part.replace(/:(\w+):/g, (whole, name: string) => replace(name) ?? whole),
    )
    .join('')
}

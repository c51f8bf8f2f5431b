/** What decides where a line breaks. */
const COPIED = [
  'font',
  'letterSpacing',
  'lineHeight',
  'padding',
  'textIndent',
  'direction',
  'tabSize',
] as const

/**
 * The place of a character of a text field on the screen. A field does not tell, so its text is laid out once more,
 * unseen.
 */
export function placeOfCharacter(area: HTMLTextAreaElement, at: number): DOMRect {
  const copy = document.createElement('div')
  const style = getComputedStyle(area)
  for (const property of COPIED) copy.style[property] = style[property]
  Object.assign(copy.style, {
    position: 'absolute',
    visibility: 'hidden',
    boxSizing: 'border-box',
    width: `${area.clientWidth}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  })
  const mark = document.createElement('span')
  mark.textContent = area.value.slice(at, at + 1) || '.'
  copy.append(area.value.slice(0, at), mark)
  area.parentElement?.append(copy)
  const box = area.getBoundingClientRect()
  const place = new DOMRect(
    box.left + mark.offsetLeft,
    box.top + mark.offsetTop - area.scrollTop,
    mark.offsetWidth,
    mark.offsetHeight,
  )
  copy.remove()
  return place
}

/** Everything `j` and `k` stop at. */
const ITEMS = '[data-item]'

export function focusedItem(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ITEMS) ?? null
}

/** Moves to the next or previous item of the screen, or to the first one in sight. */
export function moveFocus(step: 1 | -1): boolean {
  const items = [...document.querySelectorAll<HTMLElement>(`main ${ITEMS}`)]
  const current = focusedItem()
  const next = current ? items[items.indexOf(current) + step] : items.find(isInSight)
  if (!next) return false
  next.focus({ preventScroll: true })
  bringIntoView(next)
  return true
}

function isInSight(item: HTMLElement): boolean {
  return item.getBoundingClientRect().bottom > headHeight() + 40
}

/** Leaves room for the sticky heading above, and shows as much as fits of what follows. */
function bringIntoView(item: HTMLElement): void {
  const box = item.getBoundingClientRect()
  const top = headHeight() + 8
  if (box.top < top || box.height > innerHeight - top) scrollBy({ top: box.top - top })
  else if (box.bottom > innerHeight - 80) scrollBy({ top: box.bottom - innerHeight + 80 })
}

function headHeight(): number {
  return document.querySelector('.column-head')?.getBoundingClientRect().height ?? 0
}

const GAP = 4
const MARGIN = 8

/** Puts an open popover under its button, or above it where there is no room, and keeps it on the screen. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  placeAt(menu, button.getBoundingClientRect(), getComputedStyle(button).direction === 'rtl')
}

/** The same for a place without an element of its own. */
export function placeAt(menu: HTMLElement, anchor: DOMRect, isRtl: boolean): void {
  const size = menu.getBoundingClientRect()
  const wishX =
    anchor.left + size.width > innerWidth - MARGIN || isRtl ? anchor.right - size.width : anchor.left
  const below = anchor.bottom + GAP
  const wishY = below + size.height > innerHeight - MARGIN ? anchor.top - GAP - size.height : below
  menu.style.left = `${clamp(wishX, innerWidth - size.width)}px`
  menu.style.top = `${clamp(wishY, innerHeight - size.height)}px`
}

function clamp(wish: number, room: number): number {
  return Math.max(MARGIN, Math.min(wish, room - MARGIN))
}

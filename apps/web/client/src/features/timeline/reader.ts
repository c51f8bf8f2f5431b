/** Within this many pixels of the top a reader is at the top. */
const TOP_PX = 48

/** Whether new entries may push the list down: the reader looks at its head and is at work on nothing in it. */
export function isReaderIdleAtTop(list: HTMLElement | null): boolean {
  return (
    document.visibilityState === 'visible' &&
    scrollY <= TOP_PX &&
    !document.querySelector('dialog:modal, .menu:popover-open') &&
    !list?.contains(document.activeElement)
  )
}

/** Within this many pixels of the top a reader is at the top. */
const TOP_PX = 48

/** Behind the composer nobody reads; behind a picture somebody means to go on where they were. */
const READING_STOPS_AT = 'dialog:modal:not(.composer), .menu:popover-open'

/** Whether new entries may push the list down: the reader looks at its head and is at work on nothing in it. */
export function isReaderIdleAtTop(list: HTMLElement | null): boolean {
  return (
    document.visibilityState === 'visible' &&
    scrollY <= TOP_PX &&
    !document.querySelector(READING_STOPS_AT) &&
    !list?.contains(document.activeElement)
  )
}

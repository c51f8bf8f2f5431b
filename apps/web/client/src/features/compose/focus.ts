/** A point in a picture: −1…1 from the centre, y upwards. */
export interface Focus {
  x: number
  y: number
}

/** The point of a picture in the box `box` that is at this place of the window, or the one on its edge next to it. */
export function pointAt(
  clientX: number,
  clientY: number,
  box: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
): Focus {
  return {
    x: rounded(((clientX - box.left) / box.width) * 2 - 1),
    y: rounded(1 - ((clientY - box.top) / box.height) * 2),
  }
}

const rounded = (value: number) => Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100

import { ValidationError } from '../../kernel/errors.ts'
import { MAX_DESCRIPTION_CHARACTERS } from './limits.ts'

/** @throws ValidationError longer than a description may be */
export function checkDescription(description: string | undefined): void {
  if (description !== undefined && description.length > MAX_DESCRIPTION_CHARACTERS)
    throw ValidationError.failed(
      `Description is too long (maximum is ${MAX_DESCRIPTION_CHARACTERS} characters)`,
    )
}

/** A description as it is stored. */
export function storedDescription(description: string | undefined): string | null {
  return description?.trim() || null
}

/** Where the eye should fall: `"x,y"` from the centre, −1 to 1 each; undefined when nothing was sent. */
export function parseFocus(text: string | undefined): { x: number; y: number } | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const [x, y] = text.split(',', 2).map(coordinate)
  return { x: x ?? 0, y: y ?? 0 }
}

function coordinate(text: string): number {
  const number = Number.parseFloat(text)
  return Number.isFinite(number) ? Math.min(1, Math.max(-1, number)) : 0
}

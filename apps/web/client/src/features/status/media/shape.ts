import type { MediaAttachment } from '@anancus/core/entities/types'

const TALLEST = 0.8
const WIDEST = 2.4
/** Of a cover with a bar beside it. */
const AUDIO = 4.2
const SEVERAL = 16 / 10

/** Width by height of the room pictures get, known before they are loaded, so that nothing jumps. */
export function shapeOf(media: readonly MediaAttachment[]): number {
  const [first] = media
  if (!first || media.length > 1) return SEVERAL
  if (first.type === 'audio') return AUDIO
  if (first.type === 'unknown') return AUDIO
  const { original, small } = first.meta ?? {}
  const aspect = original?.aspect ?? small?.aspect ?? ratio(original) ?? ratio(small) ?? SEVERAL
  return Math.min(WIDEST, Math.max(TALLEST, aspect))
}

function ratio(size: { width?: number; height?: number } | undefined): number | null {
  return size?.width && size.height ? size.width / size.height : null
}

/** Where to keep a cropped picture, as CSS has it. */
export function focusPosition(media: MediaAttachment): string {
  return positionOf(media.meta?.focus)
}

/** A point as CSS has it; Mastodon counts from the middle, y upwards. */
export function positionOf(focus: Partial<Record<'x' | 'y', number>> | undefined): string {
  const { x = 0, y = 0 } = focus ?? {}
  const percent = (value: number) => `${Math.round(Math.min(1, Math.max(0, value)) * 100)}%`
  return `${percent((x + 1) / 2)} ${percent((1 - y) / 2)}`
}

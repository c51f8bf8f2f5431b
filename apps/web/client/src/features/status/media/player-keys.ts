/** What a key does to a player; a number is a step in seconds. */
export type PlayerKey = 'toggle' | 'mute' | 'full' | number

const STEP_SECONDS = 5
const KEYS: Readonly<Record<string, PlayerKey>> = {
  ' ': 'toggle',
  k: 'toggle',
  m: 'mute',
  f: 'full',
  ArrowLeft: -STEP_SECONDS,
  ArrowRight: STEP_SECONDS,
  j: -2 * STEP_SECONDS,
  l: 2 * STEP_SECONDS,
}

/** What a press means to a player, or null. With another key held it is the browser's. */
export function keyOf(event: {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): PlayerKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  return KEYS[event.key] ?? null
}

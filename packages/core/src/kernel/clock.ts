/** Where the time comes from, so that tests can say what time it is. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands until it is moved. */
export interface SettableClock extends Clock {
  set(time: string | Date): void
  advance(milliseconds: number): void
}

export function fixedClock(time: string | Date): SettableClock {
  let current = new Date(time)
  return {
    now: () => new Date(current),
    set: (next) => {
      current = new Date(next)
    },
    advance: (milliseconds) => {
      current = new Date(current.getTime() + milliseconds)
    },
  }
}

const ROUNDS = 4
const ATTEMPTS = 6
/** What is under this is linear beyond doubt; there is no need to look again. */
const LINEAR = 2.6
/** Below this the clock and everybody else on the machine weigh more than the work. */
const FLOOR_MS = 1

/**
 * How many times as long `work` takes for twice the size: about 2 when it is linear, 4 when it is quadratic. The least
 * of some attempts, since a busy machine tells single ones apart by chance.
 */
export function growthOf(work: (size: number) => void, size: number): number {
  work(size)
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && least > LINEAR; attempt++)
    least = Math.min(least, measure(work, size))
  return least
}

function measure(work: (size: number) => void, size: number): number {
  const time = (n: number) => {
    const started = performance.now()
    work(n)
    return performance.now() - started
  }
  const once = Math.min(...Array.from({ length: ROUNDS }, () => time(size)))
  const twice = Math.min(...Array.from({ length: ROUNDS }, () => time(size * 2)))
  return (twice + FLOOR_MS) / (once + FLOOR_MS)
}

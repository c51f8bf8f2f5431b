import type { Output } from './output.ts'

/** Runs `act` for each item, a few at a time, and shows how far it is. The first error ends the run. */
export async function each<Item>(
  out: Output,
  step: string,
  items: readonly Item[],
  concurrency: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  let [begun, done] = [0, 0]
  const run = async () => {
    while (begun < items.length) {
      const item = items[begun] as Item
      begun += 1
      await act(item)
      done += 1
      out.progress(`${step} (${done}/${items.length})`, done / items.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, run))
}

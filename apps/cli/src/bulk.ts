import type { Batches } from '@anancus/core/domain/media'
import type { Output } from './output.ts'

export interface BulkResult {
  processed: number
  /** The sum of what `act` gave. */
  bytes: number
}

/**
 * Runs `act` for every row of many batches, a few at a time, and shows how far it is. What fails is told, and does not
 * end the run.
 */
export async function inBulk<Row extends { id: string }>(
  out: Output,
  step: string,
  batches: Batches<Row>,
  { concurrency, isVerbose }: { concurrency: number; isVerbose: boolean },
  act: (row: Row) => Promise<number | null>,
): Promise<BulkResult> {
  const total = await batches.count()
  const result = { processed: 0, bytes: 0 }
  const one = async (row: Row) => {
    try {
      const bytes = await act(row)
      if (isVerbose) out.say(row.id)
      if (bytes !== null) result.bytes += bytes
    } catch (error) {
      out.say(`Error processing ${row.id}: ${(error as Error).message}`, 'red')
    }
    result.processed += 1
    const shown = Math.max(total, result.processed)
    out.progress(`${step} (${result.processed}/${shown})`, result.processed / shown)
  }
  for await (const rows of batches.rows()) {
    const waiting = rows.values()
    const worker = async () => {
      for (const row of waiting) await one(row)
    }
    await Promise.all(Array.from({ length: Math.min(concurrency, rows.length) }, worker))
  }
  return result
}

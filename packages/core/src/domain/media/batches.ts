const BATCH = 500

/** Rows to be worked on one after the other, many more than fit into memory. */
export interface Batches<Row> {
  count(): Promise<number>
  /** In the order of their ids; what changes meanwhile is met as it is then. */
  rows(): AsyncIterable<Row[]>
}

/** @param next at most `limit` rows in the order of their ids, after one of them */
export function batchesOf<Row extends { id: string }>(
  count: () => Promise<number>,
  next: (afterId: string, limit: number) => Promise<Row[]>,
): Batches<Row> {
  return {
    count,
    async *rows() {
      for (let afterId = '0'; ; ) {
        const rows = await next(afterId, BATCH)
        if (rows.length > 0) yield rows
        if (rows.length < BATCH) return
        afterId = rows.at(-1)?.id ?? afterId
      }
    },
  }
}

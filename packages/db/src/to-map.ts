/** Rows by one of their columns; a missing id is simply absent. */
export function byColumn<Row, Column extends keyof Row>(
  rows: readonly Row[],
  column: Column,
): Map<Row[Column], Row> {
  return new Map(rows.map((row) => [row[column], row]))
}

/** Rows grouped by one of their columns, each group in the order of the rows. */
export function groupedBy<Row, Column extends keyof Row>(
  rows: readonly Row[],
  column: Column,
): Map<Row[Column], Row[]> {
  const groups = new Map<Row[Column], Row[]>()
  for (const row of rows) {
    const group = groups.get(row[column])
    if (group) group.push(row)
    else groups.set(row[column], [row])
  }
  return groups
}

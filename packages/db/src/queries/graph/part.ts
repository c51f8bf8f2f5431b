/**
 * One table's share of a joined row. `select` names its columns with the alias before them, so that two tables may both
 * have an `id`; `read` takes them out again, or gives null where an outer join found nothing.
 */
export interface Part<Row> {
  select: string
  read(joined: Record<string, unknown>): Row | null
}

/** @param alias of the table in the statement; its first column must never be null in a row that exists */
export function part<Row>(alias: string, names: readonly (keyof Row & string)[]): Part<Row> {
  const pairs = names.map((name) => [name, `${alias}.${name}`] as const)
  const [first] = pairs
  if (!first) throw new Error(`The part ${alias} has no columns.`)
  return {
    select: pairs.map(([name, joined]) => `${alias}.${name} as "${joined}"`).join(', '),
    read(joined) {
      if (joined[first[1]] === null) return null
      const row: Record<string, unknown> = {}
      for (const [name, from] of pairs) row[name] = joined[from]
      return row as Row
    },
  }
}

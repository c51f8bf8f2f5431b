/**
 * Several whole rows in one result row: `select ${joinedColumns('u', userColumns)}` gives columns named `u.id`,
 * `u.email`, …, and `joinedRow(row, 'u', userColumns)` takes them out again.
 */
export function joinedColumns(alias: string, names: readonly string[]): string {
  return names.map((name) => `${alias}.${name} as "${alias}.${name}"`).join(', ')
}

/** The row behind an alias, or null where an outer join found none (its `id` is null). */
export function joinedRow<Row>(
  row: Record<string, unknown>,
  alias: string,
  names: readonly string[],
): Row | null {
  if (row[`${alias}.id`] === null) return null
  const found: Record<string, unknown> = {}
  for (const name of names) found[name] = row[`${alias}.${name}`]
  return found as Row
}

/**
 * The canonical text of a JSON value: members sorted by the code units of their names, numbers and strings as
 * ECMAScript writes them. Undefined members are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Written by hand, since an object cannot hold names that look like numbers in any order but its own.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(byName)
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

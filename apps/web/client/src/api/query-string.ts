export type QueryValue = string | number | boolean | null | undefined | readonly string[]
export type Query = Readonly<Record<string, QueryValue>>

/** `?a=1&b[]=x&b[]=y`, or nothing. Missing values are left out. */
export function queryString(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    if (typeof value === 'object') for (const item of value) params.append(`${name}[]`, item)
    else params.append(name, String(value))
  }
  const text = params.toString()
  return text && `?${text}`
}

/** The name a file has at the end of its address, or null. */
export function fileNameOf(address: string | null | undefined): string | null {
  const last = URL.parse(address ?? '')
    ?.pathname.split('/')
    .at(-1)
  if (!last) return null
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

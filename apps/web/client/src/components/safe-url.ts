/**
 * An address that is safe to lead to, or undefined. Whatever another server called an address may be anything; only
 * what a browser goes to without running it counts.
 */
export function safeUrl(address: string | null | undefined): string | undefined {
  const url = URL.parse(address ?? '')
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined
}

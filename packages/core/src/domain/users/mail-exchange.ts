import { Resolver } from 'node:dns/promises'

const TIMEOUT_MS = 5_000

/**
 * The names and addresses of the servers that take mail for a domain; empty when there are none, or nobody answers in
 * five seconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-5.1
 */
export async function mailServersOf(domain: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  const ask = <T>(question: Promise<T[]>): Promise<T[]> => question.catch(() => [])
  const exchanges = await ask(resolver.resolveMx(domain))
  // A null MX says that the domain takes no mail.
  const names = exchanges.map(({ exchange }) => exchange.toLowerCase()).filter((name) => name !== '')
  if (exchanges.length > 0) return names
  const addresses = [...(await ask(resolver.resolve4(domain))), ...(await ask(resolver.resolve6(domain)))]
  return addresses.length > 0 ? [domain, ...addresses] : []
}

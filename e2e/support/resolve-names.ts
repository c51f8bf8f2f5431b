import dns from 'node:dns'

const original = dns.lookup

type Found = (error: Error | null, ...answer: unknown[]) => void

/**
 * Makes this process find these names at these addresses, as an entry in the hosts file of the machine would; all other
 * names are looked up as ever. What is found is judged like any other answer of the resolver.
 *
 * @param table name → IPv4 address
 */
export function resolveNames(table: ReadonlyMap<string, string>): void {
  const lookup = (host: string, options: dns.LookupAllOptions | Found, found?: Found) => {
    const address = table.get(host.toLowerCase())
    if (address === undefined)
      return Reflect.apply(original, dns, found ? [host, options, found] : [host, options])
    const answer = found ?? (options as Found)
    const isAll = typeof options === 'object' && options.all
    process.nextTick(() => (isAll ? answer(null, [{ address, family: 4 }]) : answer(null, address, 4)))
  }
  dns.lookup = lookup as typeof dns.lookup
}

/** `a.test=127.0.1.1,b.test=127.0.1.2`, as it travels to the processes of an instance. */
export function tableIn(text: string): Map<string, string> {
  return new Map(text.split(',').map((entry) => entry.split('=') as [string, string]))
}

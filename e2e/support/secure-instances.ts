import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import tls from 'node:tls'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { findProgram } from '../../scripts/lib/process.mjs'
import { createAuthority } from './authority.ts'
import { createInstance, type Instance, pickPorts } from './instance.ts'
import { resolveNames } from './resolve-names.ts'
import { openGateway } from './tls-gateway.ts'

/** An instance with a domain and an address of its own, reached by https alone. */
export interface SecureInstance extends Instance {
  /** The hand of its operator: its database, Redis and rooms, in this process. */
  ctx: Ctx
}

export interface SecureInstances {
  all: SecureInstance[]
  close(): Promise<void>
}

const HTTPS_PORT = 443

/** Why instances with TLS cannot be had on this machine; null when they can. */
export function missingForTls(): string | null {
  if (!findProgram('openssl')) return 'openssl'
  const text = readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')
  return process.getuid?.() === 0 || Number(text) <= HTTPS_PORT ? null : 'the right to listen on port 443'
}

/**
 * Prepares instances called `<name>.test`, each on a loopback address of its own, that believe in one authority made for
 * them. They reach each other through the guard of outgoing requests, which a setting lets into their network.
 */
export async function createSecureInstances(names: readonly string[]): Promise<SecureInstances> {
  const folder = mkdtempSync(join(tmpdir(), 'anancus-e2e-authority-'))
  const authority = createAuthority(folder)
  // Another run on this machine takes another network.
  const network = `127.${randomInt(64, 255)}.${randomInt(0, 255)}`
  const table = new Map(names.map((name, index) => [`${name}.test`, `${network}.${index + 1}`]))
  resolveNames(table)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority.cert])
  const all: SecureInstance[] = []
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (const [domain, address] of table) {
      const ports = await pickPorts()
      const gateway = await openGateway({ certificate: authority.certificateFor(domain), address, ports })
      closers.push(gateway.close)
      const instance = await createInstance({
        name: domain.replace('.', '_'),
        domain,
        address,
        ports,
        neighbours: [],
        env: {
          NODE_ENV: 'production',
          ALLOWED_PRIVATE_HOSTS: '',
          ALLOWED_PRIVATE_ADDRESSES: `${network}.0/24`,
          NODE_EXTRA_CA_CERTS: authority.file,
          NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'preload-names.ts'))}`,
          ANANCUS_E2E_NAMES: [...table].map((entry) => entry.join('=')).join(),
        },
      })
      closers.push(instance.close)
      const ctx = await buildContext(loadConfig(instance.env), { name: 'e2e', poolSize: 2 })
      closers.push(() => closeContext(ctx))
      all.push({ ...instance, ctx })
    }
  } catch (error) {
    await close()
    throw error
  }
  return { all, close }
}

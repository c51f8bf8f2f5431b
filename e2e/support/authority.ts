import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A certificate and its key, both PEM. */
export interface Certificate {
  cert: string
  key: string
}

/** A certificate authority that lives as long as a test. */
export interface Authority {
  /** The file that NODE_EXTRA_CA_CERTS names. */
  file: string
  cert: string
  certificateFor(name: string): Certificate
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes an authority in a folder, by openssl. */
export function createAuthority(folder: string): Authority {
  const at = (name: string) => join(folder, name)
  const file = at('authority.pem')
  const root = ['-days', '2', '-subj', '/CN=Anancus test authority']
  openssl('req', '-x509', ...NEW_KEY, ...root, '-keyout', at('authority.key'), '-out', file)
  return {
    file,
    cert: readFileSync(file, 'utf8'),
    certificateFor: (name) => {
      const [key, request, cert, usage] = ['key', 'csr', 'pem', 'ext'].map((kind) => at(`${name}.${kind}`))
      if (!key || !request || !cert || !usage) throw new Error('No file names')
      writeFileSync(
        usage,
        `subjectAltName=DNS:${name}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`,
      )
      openssl('req', ...NEW_KEY, '-subj', `/CN=${name}`, '-keyout', key, '-out', request)
      const by = [
        '-CA',
        file,
        '-CAkey',
        at('authority.key'),
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        usage,
      ]
      openssl('x509', '-req', '-in', request, ...by, '-out', cert)
      return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
    },
  }
}

function openssl(...args: string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${error?.message ?? stderr}`)
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Reads `NAME=value` lines; nothing when there is no such file. */
export function readEnvFile(file) {
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8').split('\n')
  const pairs = lines.map((line) => line.match(/^([A-Za-z_]\w*)=(.*)$/)).filter(Boolean)
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]))
}

/** Writes `NAME=value` lines that only the owner may read. */
export function writeEnvFile(file, values, comment) {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`)
  writeFileSync(file, `# ${comment}\n${lines.join('\n')}\n`, { mode: 0o600 })
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sleep } from './process.mjs'

const OURS = /src\/main\.ts|bin\/postgres|redis-server|valkey-server/
const GRACE_MS = 20_000

/** Notes the number of a process of this instance in `run/` of the data folder. */
export function notePid(data, { name, child }) {
  mkdirSync(data.at('run'), { recursive: true })
  writeFileSync(data.at('run', `${name}.pid`), `${child.pid}\n`)
}

/** Ends what an earlier start left running because it was killed itself. */
export async function endLeftovers(data) {
  const folder = data.at('run')
  mkdirSync(folder, { recursive: true })
  await Promise.all(readdirSync(folder).map((file) => endLeftover(join(folder, file))))
}

async function endLeftover(file) {
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (isOurs(pid)) process.kill(pid, file.includes('postgres') ? 'SIGINT' : 'SIGTERM')
  for (let waited = 0; waited < GRACE_MS && isOurs(pid); waited += 100) await sleep(100)
  if (isOurs(pid)) process.kill(pid, 'SIGKILL')
  rmSync(file, { force: true })
}

/** A process that is gone but not yet fetched by its parent has no arguments any more. */
function isOurs(pid) {
  try {
    return OURS.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return false
  }
}

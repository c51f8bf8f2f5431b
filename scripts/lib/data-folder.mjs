import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'

/**
 * Opens the folder that holds everything this instance keeps: ANANCUS_DATA, else `data/` of the clone. One launcher
 * at a time may hold it.
 *
 * @returns {{ folder: string, at: (...names: string[]) => string, holdAs: (pid: number) => void, release: () => void }}
 */
export function openDataFolder(environment = process.env) {
  const folder = resolve(ROOT, environment.ANANCUS_DATA || 'data')
  const at = (...names) => join(folder, ...names)
  refuseUnwritable(folder)
  const pidFile = at('start.pid')
  const holder = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : undefined
  if (holder && holder !== process.pid && isLauncher(holder))
    throw new Problem(
      `Anancus already runs from ${folder} (process ${holder}): stop it first, or set ANANCUS_DATA to another folder for a second instance.`,
    )
  const holdAs = (pid) => writeFileSync(pidFile, String(pid))
  holdAs(process.pid)
  return { folder, at, holdAs, release: () => rmSync(pidFile, { force: true }) }
}

function refuseUnwritable(folder) {
  const probe = join(folder, '.probe')
  try {
    for (const name of ['', 'logs', 'mails', 'system']) makeFolder(join(folder, name))
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new Problem(
      `The data folder ${folder} cannot be written (${error.code}): make it writable for this user, or set ANANCUS_DATA to a folder that is.`,
    )
  }
}

/** Step by step: Node's own recursive mkdir never returns where the system says ENOENT to a new folder (below /proc). */
function makeFolder(path) {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o750 })
}

function isLauncher(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').match(/scripts\/(start\.mjs|watch\.sh)/) !== null
  } catch {
    return false
  }
}

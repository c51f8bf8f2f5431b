import { findProgram, run, runAsync } from './process.mjs'

/**
 * Whether Debian's package manager may be used from here: as root, or by a sudo that asks nothing.
 * ANANCUS_NO_APT=1 forbids it.
 */
export function mayInstall() {
  if (process.env.ANANCUS_NO_APT || !findProgram('apt-get')) return false
  if (process.getuid() === 0) return true
  return Boolean(findProgram('sudo')) && run('sudo', ['-n', 'true']).status === 0
}

/** Installs Debian packages; returns whether all of them are there afterwards. */
export async function aptInstall(...packages) {
  const [program, before] = process.getuid() === 0 ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']]
  // RUNLEVEL=1 keeps a package from starting a service of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const install = () =>
    runAsync(program, [...before, 'install', '-y', '--no-install-recommends', ...packages], { env })
  if ((await install()).status === 0) return true
  await runAsync(program, [...before, 'update'], { env })
  return (await install()).status === 0
}

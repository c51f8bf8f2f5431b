import { chownSync, readFileSync } from 'node:fs'
import { Problem } from './problem.mjs'
import { run } from './process.mjs'

/**
 * How to run a program that refuses to run as root (PostgreSQL does): as it is for an ordinary user, else in a user
 * namespace of its own, in which root is user 1000 and still owns its files, else as the system's `postgres` or `nobody`.
 *
 * @returns {{ wrap: (program: string, args: string[]) => [string, string[]], spawnOptions: object, give: (...files: string[]) => void }}
 */
export function launchPlan(program) {
  const asIs = { wrap: (name, args) => [name, args], spawnOptions: {}, give: () => {} }
  if (process.getuid() !== 0) return asIs
  const namespace = ['-U', '--map-user=1000']
  if (run('unshare', [...namespace, program, '--version']).status === 0) {
    return { ...asIs, wrap: (name, args) => ['unshare', [...namespace, name, ...args]] }
  }
  const user = unprivilegedUser()
  const spawnOptions = { uid: user.uid, gid: user.gid }
  if (run(program, ['--version'], spawnOptions).status === 0) {
    return {
      ...asIs,
      spawnOptions,
      give: (...files) => files.forEach((file) => chownSync(file, user.uid, user.gid)),
    }
  }
  throw new Problem(
    'PostgreSQL does not run as root, and here it cannot be started as another user: type the command as an ordinary user, or set DATABASE_URL to a PostgreSQL that runs already.',
  )
}

function unprivilegedUser() {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const entry = ['postgres', 'nobody'].map((name) => users.find((user) => user[0] === name)).find(Boolean)
  return { uid: Number(entry?.[2] ?? 65534), gid: Number(entry?.[3] ?? 65534) }
}

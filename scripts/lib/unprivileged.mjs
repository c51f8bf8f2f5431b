import { chownSync, readFileSync } from 'node:fs'
import { Problem } from './problem.mjs'
import { run } from './process.mjs'

/**
 * How to run a program that insists on an ordinary user with a name (PostgreSQL does): as it is for one, else in a user
 * namespace of its own, in which we are `postgres` or `nobody` and still own our files, else, for root, as that user.
 *
 * @returns {{ wrap: (program: string, args: string[]) => [string, string[]], spawnOptions: object, give: (...files: string[]) => void }}
 */
export function launchPlan(program) {
  const asIs = { wrap: (name, args) => [name, args], spawnOptions: {}, give: () => {} }
  const users = readUsers()
  const isRoot = process.getuid() === 0
  if (!isRoot && users.some((user) => user.uid === process.getuid())) return asIs
  const other = ['postgres', 'nobody'].map((name) => users.find((user) => user.name === name)).find(Boolean)
  if (other) {
    const namespace = ['-U', `--map-user=${other.uid}`]
    if (run('unshare', [...namespace, program, '--version']).status === 0)
      return { ...asIs, wrap: (name, args) => ['unshare', [...namespace, name, ...args]] }
    const spawnOptions = { uid: other.uid, gid: other.gid }
    if (isRoot && run(program, ['--version'], spawnOptions).status === 0)
      return {
        ...asIs,
        spawnOptions,
        give: (...files) => files.forEach((file) => chownSync(file, other.uid, other.gid)),
      }
  }
  throw new Problem(
    'PostgreSQL runs neither as root nor as a user without a name, and here it cannot be started as another user: type the command as an ordinary user, or set DATABASE_URL to a PostgreSQL that runs already.',
  )
}

function readUsers() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

import type { Instance } from './instance.ts'

const SCOPES = 'profile read write follow push'
const PASSWORD_LINE = /New password: (\S+)/

export interface Person {
  username: string
  email: string
  password: string
  token: string
}

/** Creates a confirmed user by the command line and signs an application in for them. */
export async function createPerson(instance: Instance, username: string): Promise<Person> {
  const email = `${username}@people.example`
  const printed = instance.anancus(
    'accounts',
    'create',
    username,
    '--email',
    email,
    '--confirmed',
    '--approve',
  )
  const password = PASSWORD_LINE.exec(printed)?.[1]
  if (!password) throw new Error(`No password in: ${printed}`)
  const token =
    instance.anancus('tokens', 'create', username, '--scopes', SCOPES).trim().split('\n').at(-1) ?? ''
  return { username, email, password, token }
}

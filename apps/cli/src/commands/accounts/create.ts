import { createUser } from '@anancus/core/domain/users'
import type { Command } from '../../command.ts'

export const createAccount: Command = {
  name: 'accounts create',
  args: '<username>',
  summary: 'Create a user with a random password, which is printed.',
  options: [
    { flags: '--email <address>', description: "the user's e-mail address", required: true },
    { flags: '--confirmed', description: 'take the address as confirmed; else a confirmation is mailed' },
    { flags: '--approve', description: 'let the user in whatever the mode of registration' },
    { flags: '--role <name>', description: 'Moderator, Admin, Owner or a role of yours' },
    { flags: '--password <password>', description: 'this password instead of a random one' },
  ],
  run: async ({ out, context }, [username = ''], options) => {
    const created = await createUser(await context(), {
      username,
      email: String(options.email),
      confirmed: options.confirmed === true,
      approved: options.approve === true,
      ...(options.role ? { role: String(options.role) } : {}),
      ...(options.password ? { password: String(options.password) } : {}),
    })
    out.say('OK', 'green')
    out.say(`New password: ${created.password}`)
  },
}

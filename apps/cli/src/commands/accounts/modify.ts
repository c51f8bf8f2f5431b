import { modifyUser } from '@anancus/core/domain/users'
import type { Command } from '../../command.ts'
import { getUserByUsername } from './find-user.ts'

export const modifyAccount: Command = {
  name: 'accounts modify',
  args: '<username>',
  summary: 'Change a user: role, address, password, confirmation, approval, freezing.',
  options: [
    { flags: '--role <name>', description: 'give a role' },
    { flags: '--remove-role', description: 'take the role away' },
    { flags: '--email <address>', description: 'another e-mail address' },
    { flags: '--confirm', description: 'take the address as confirmed' },
    { flags: '--approve', description: 'let a pending user in' },
    { flags: '--enable', description: 'let a frozen user sign in again' },
    { flags: '--disable', description: 'freeze: no signing in, no posting' },
    { flags: '--reset-password', description: 'a new random password, which is printed' },
  ],
  run: async ({ out, context }, [username = ''], options) => {
    const ctx = await context()
    const user = await getUserByUsername(ctx, username)
    const { password } = await modifyUser(ctx, user, {
      ...(options.role ? { role: String(options.role) } : {}),
      ...(options.email ? { email: String(options.email) } : {}),
      removeRole: options.removeRole === true,
      confirm: options.confirm === true,
      approve: options.approve === true,
      enable: options.enable === true,
      disable: options.disable === true,
      resetPassword: options.resetPassword === true,
    })
    out.say('OK', 'green')
    if (password) out.say(`New password: ${password}`)
  },
}

import { createApplication, isScope, issueNewToken, splitScopes } from '@anancus/core/domain/oauth'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'
import { getUserByUsername } from '../accounts/find-user.ts'

const DEFAULT_SCOPES = 'read'
const NO_REDIRECT = 'urn:ietf:wg:oauth:2.0:oob'

export const createToken: Command = {
  name: 'tokens create',
  args: '<username>',
  summary: 'Create an access token for a bot or a script; printed once, on the last line.',
  options: [
    { flags: '--scopes <scopes>', description: `space-separated (default "${DEFAULT_SCOPES}")` },
    { flags: '--name <name>', description: 'name of the application it is listed under' },
  ],
  run: async ({ out, context }, [username = ''], options) => {
    const ctx = await context()
    const { user } = await getUserByUsername(ctx, username)
    const scopes = splitScopes(String(options.scopes ?? DEFAULT_SCOPES))
    const unknown = scopes.filter((scope) => !isScope(scope))
    if (scopes.length === 0 || unknown.length > 0)
      throw new BadRequestError(`Unknown scopes: ${unknown.join(', ') || 'none given'}`)
    const app = await createApplication(ctx, {
      name: String(options.name ?? 'Command line'),
      redirectUris: NO_REDIRECT,
      scopes: scopes.join(' '),
      website: undefined,
    })
    const token = await issueNewToken(ctx, app, user.id, scopes)
    out.say('OK, this token is shown once:', 'green')
    out.say(token.token)
  },
}

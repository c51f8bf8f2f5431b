import { hashPassword } from '@anancus/core/domain/users'
import { generateRsaKeyPair } from '@anancus/core/kernel/crypto'
import { StartError } from '@anancus/core/kernel/errors'
import { isWithoutStatuses, LARGE, type LargeSize, seedLarge } from '@anancus/db/seeds/large/index'
import type { Command, Options } from '../../command.ts'

const PASSWORD = 'mastodonlarge'

export const dbSeedLarge: Command = {
  name: 'db seed-large',
  summary: 'Fill an empty instance with a large made-up one, for measuring.',
  options: [
    { flags: '--local <n>', description: `Local accounts (${LARGE.localAccounts})` },
    { flags: '--remote <n>', description: `Remote accounts (${LARGE.remoteAccounts})` },
    { flags: '--statuses <n>', description: `Statuses (${LARGE.statuses})` },
    { flags: '--follows <n>', description: `Accounts each local account follows (${LARGE.followsPerLocal})` },
  ],
  run: async ({ out, context }, _args, options) => {
    const ctx = await context()
    if (ctx.config.isProduction) throw new StartError('A made-up instance does not belong into production.')
    if (!(await isWithoutStatuses(ctx.db)))
      throw new StartError('This database has statuses already: give DATABASE_URL of an empty, migrated one.')
    const started = performance.now()
    const secrets = { ...(await generateRsaKeyPair()), encryptedPassword: await hashPassword(PASSWORD) }
    const size = sizeOf(options)
    await seedLarge(ctx.db, {
      size,
      baseUrl: ctx.config.baseUrl,
      now: ctx.clock.now(),
      secrets,
      progress: out.progress,
    })
    const seconds = Math.round((performance.now() - started) / 1000)
    out.say(`OK, ${size.statuses} statuses are there after ${seconds} s`, 'green')
    out.say(`Sign in as local0@large.example with the password ${PASSWORD}.`)
  },
}

function sizeOf(options: Options): LargeSize {
  const number = (name: string, otherwise: number) => {
    const given = options[name]
    if (given === undefined) return otherwise
    const value = Number(given)
    if (!Number.isSafeInteger(value) || value < 1)
      throw new StartError(`--${name} must be a whole number above 0.`)
    return value
  }
  return {
    localAccounts: number('local', LARGE.localAccounts),
    remoteAccounts: number('remote', LARGE.remoteAccounts),
    statuses: number('statuses', LARGE.statuses),
    followsPerLocal: number('follows', LARGE.followsPerLocal),
  }
}

import { migrate } from '@anancus/db'
import { seedEssentials } from '@anancus/db/seeds/essentials'
import { StartError } from '@anancus/core/kernel/errors'
import type { Command } from '../../command.ts'

const OLDEST_POSTGRES = 150_000

export const dbMigrate: Command = {
  name: 'db migrate',
  summary: 'Bring the database to the newest version and seed what every instance needs.',
  run: async ({ out, context }) => {
    const ctx = await context()
    const { rows } = await ctx.db.raw<{ rows: [{ version: string }] }>(
      `select current_setting('server_version_num') as version`,
    )
    if (Number(rows[0].version) < OLDEST_POSTGRES) throw new StartError('PostgreSQL 15 or later is needed.')
    const ran = await migrate(ctx.db)
    for (const name of ran) out.say(`migrated ${name}`)
    await seedEssentials(ctx.db, { localDomain: ctx.config.localDomain, baseUrl: ctx.config.baseUrl })
    out.say(ran.length > 0 ? `OK, ${ran.length} migrations` : 'OK, nothing to migrate', 'green')
  },
}

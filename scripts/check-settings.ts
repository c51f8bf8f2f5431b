// Ran by `npm start` before anything else is: are the settings usable, and do the servers they name answer?
import { loadConfig } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'
import { checkPostgres, checkRedis } from './lib/check-servers.ts'
import { namesPostgres, namesRedis } from './lib/databases.mjs'

try {
  const config = loadConfig()
  if (namesPostgres(process.env)) await checkPostgres(config)
  if (namesRedis(process.env)) await checkRedis(config)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

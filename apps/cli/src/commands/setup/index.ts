import { loadConfig } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'
import { generateSecrets } from '@anancus/core/kernel/secrets'
import type { Command, Session } from '../../command.ts'
import { runCommand } from '../../run-command.ts'
import { createAccount } from '../accounts/create.ts'
import { dbMigrate } from '../db/migrate.ts'
import { askEverything } from './ask.ts'
import { checkServices } from './check-services.ts'
import { readEnvFile, writeEnvFile } from './env-file.ts'
import { type Answers, problemsOf, questions } from './questions.ts'

const DEFAULT_OUTPUT = '.env.production'

export const setup: Command = {
  name: 'setup',
  summary: 'Set up an instance: questions, secrets, .env.production, database, first administrator.',
  options: [
    { flags: '--from <file>', description: 'read the answers from a file in dotenv form instead of asking' },
    { flags: '--output <file>', description: `where to write the configuration (default ${DEFAULT_OUTPUT})` },
    { flags: '--no-database', description: 'write the configuration only' },
  ],
  run: async (session, _args, options) => {
    const answers = options.from ? await answersFrom(String(options.from)) : await askEverything()
    const environment = { NODE_ENV: 'production', ...settingsOf(answers), ...generateSecrets() }
    const config = loadConfig(environment)
    if (options.database) await checkServices(config)
    const output = String(options.output ?? DEFAULT_OUTPUT)
    await writeEnvFile(output, environment)
    session.out.say(`The configuration is in ${output}.`, 'green')
    if (options.database) await prepareDatabase(session, environment, answers)
  },
}

async function answersFrom(file: string): Promise<Answers> {
  const given = await readEnvFile(file)
  const answers = {
    ...Object.fromEntries(questions.map((question) => [question.name, question.fallback])),
    ...given,
  }
  const problems = problemsOf(answers)
  if (problems.length > 0)
    throw new StartError(`${file} is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`)
  return answers
}

/** What goes into the file: everything answered, without the first account and what was left empty. */
function settingsOf(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([name, value]) => value !== '' && !name.startsWith('ADMIN_')),
  )
}

async function prepareDatabase(session: Session, environment: Answers, answers: Answers): Promise<void> {
  const username = answers.ADMIN_USERNAME ?? ''
  const steps = [
    { command: dbMigrate, args: [], options: {} },
    {
      command: createAccount,
      args: [username],
      options: { email: answers.ADMIN_EMAIL, role: 'Owner', confirmed: true, approve: true },
    },
  ]
  for (const step of steps) {
    const code = await runCommand(step.command, step.args, step.options, session.out, environment)
    if (code !== 0)
      throw new StartError(
        `"${step.command.name}" did not work. Mend the cause and run it again; the configuration is kept.`,
      )
  }
}

import { Command as Commander, CommanderError } from 'commander'
import type { Command, Options } from './command.ts'
import { commands } from './commands/index.ts'
import { type Output, terminalOutput } from './output.ts'
import { runCommand } from './run-command.ts'

/**
 * Parses a command line and runs it. Dashes and underscores in names mean the same, as with tootctl.
 *
 * @returns the exit code
 */
export async function program(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
  out: Output = terminalOutput(process.stdout, process.stderr),
): Promise<number> {
  let exitCode = 0
  const root = new Commander('anancus')
    .description("The operator's command line, with tootctl's verbs.")
    .exitOverride()
  root.configureOutput({
    writeOut: (text) => out.say(text.trimEnd()),
    writeErr: (text) => out.fail(text.trimEnd()),
  })
  for (const command of commands) {
    const parent = groupOf(root, command.name.split(' ').slice(0, -1))
    const node = parent.command(command.name.split(' ').at(-1) ?? '').description(command.summary)
    if (command.args) node.arguments(command.args)
    for (const option of command.options ?? []) {
      if (option.required) node.requiredOption(option.flags, option.description)
      else node.option(option.flags, option.description)
    }
    node.action(async (...received: unknown[]) => {
      exitCode = await runCommand(
        command,
        positional(command, received),
        node.opts<Options>(),
        out,
        environment,
      )
    })
  }
  try {
    await root.parseAsync(argv.map(dashed), { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    throw error
  }
}

function groupOf(root: Commander, path: readonly string[]): Commander {
  return path.reduce((parent, name) => {
    const known = parent.commands.find((child) => child.name() === name)
    return (
      known ??
      parent.command(name).description(`${name} commands`).exitOverride().copyInheritedSettings(parent)
    )
  }, root)
}

/** commander hands over the arguments, then the options, then the command. */
function positional(command: Command, received: unknown[]): (string | undefined)[] {
  if (!command.args) return []
  return received.slice(0, -2).flat() as (string | undefined)[]
}

/** Only names of groups and commands; values and usernames keep their underscores. */
function dashed(word: string): string {
  const spelled = word.replaceAll('_', '-')
  const isName = commands.some((command) => command.name.split(' ').includes(spelled))
  return isName ? spelled : word
}

import { environmentOf, type TestContext } from '@anancus/core/testing/context'
import { program } from '../../src/program.ts'

export interface Ran {
  exitCode: number
  /** What was said and what failed, line by line. */
  said: string[]
  failed: string[]
  /** The steps of a progress bar, each once. */
  steps: string[]
}

/** Runs a command line against the instance of a test, as the operator's shell would. Words are split at spaces. */
export async function run(ctx: TestContext, line: string): Promise<Ran> {
  const ran: Ran = { exitCode: 0, said: [], failed: [], steps: [] }
  ran.exitCode = await program(line.split(' '), environmentOf(ctx), {
    say: (text) => ran.said.push(text),
    fail: (text) => ran.failed.push(text),
    progress: (step) => {
      if (ran.steps.at(-1) !== step) ran.steps.push(step)
    },
  })
  return ran
}

import type { Ctx } from '@anancus/core/kernel/context'
import type { Output } from './output.ts'

/** What a command works with. The context is built when first asked for, so that help and `version` need no database. */
export interface Session {
  out: Output
  context(): Promise<Ctx>
  /** The environment as the shell gave it: for commands that write configuration instead of reading it. */
  environment: Record<string, string | undefined>
}

export type Options = Record<string, string | boolean | undefined>

/** A command is data; names and groups are tootctl's. */
export interface Command {
  /** `accounts create`; one word for a command without a group. */
  name: string
  /** commander's notation: `<username>` is required, `[username]` is not, `[usernames...]` are many. */
  args?: string
  summary: string
  options?: readonly { flags: string; description: string; required?: boolean }[]
  run(session: Session, args: readonly (string | undefined)[], options: Options): Promise<void>
}

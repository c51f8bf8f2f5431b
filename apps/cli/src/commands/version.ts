import { VERSION } from '@anancus/core/kernel/version'
import type { Command } from '../command.ts'

export const version: Command = {
  name: 'version',
  summary: 'Show the version.',
  run: async ({ out }) => out.say(VERSION),
}

import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Options } from './command.ts'

const DEFAULT = 5
const HIGHEST = 100

/** `-c`: how many things a bulk command does at a time. */
export const concurrencyOption = optionFor(DEFAULT)

/** The option of a command that does more or fewer at a time than others, unless told. */
export function optionFor(standard: number) {
  return { flags: '-c, --concurrency <n>', description: `so many at a time (default ${standard})` }
}

/** @throws BadRequestError not a whole number from 1 to 100 */
export function concurrencyOf(options: Options, standard = DEFAULT): number {
  const value = Number(options.concurrency ?? standard)
  if (Number.isInteger(value) && value >= 1 && value <= HIGHEST) return value
  throw new BadRequestError(`--concurrency must be a whole number from 1 to ${HIGHEST}.`)
}

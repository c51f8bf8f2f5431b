import { deploySearch, INDEX_NAMES, type IndexName } from '@anancus/core/domain/search'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Command, Options } from '../../command.ts'
import { concurrencyOf, concurrencyOption } from '../../concurrency.ts'
import type { Output } from '../../output.ts'

const DEFAULT_BATCH = 100
const LARGEST_BATCH = 10_000

export const searchDeploy: Command = {
  name: 'search deploy',
  summary: 'Make or renew the indices of Elasticsearch and fill them; searches go on meanwhile.',
  options: [
    concurrencyOption,
    { flags: '-b, --batch-size <n>', description: `so many documents a request (default ${DEFAULT_BATCH})` },
    { flags: '--only <indices...>', description: `only some of: ${INDEX_NAMES.join(', ')}` },
    { flags: '--import', description: 'fill the indices (default)' },
    { flags: '--no-import', description: 'do not fill the indices' },
    { flags: '--clean', description: 'take out what is out of date (default)' },
    { flags: '--no-clean', description: 'fill up what is there, and take nothing out' },
    { flags: '--reset-chewy', description: 'begin anew instead of going on where an earlier run ended' },
    { flags: '--only-mapping', description: 'change mapping and settings alone' },
  ],
  run: async ({ out, context }, _args, options) => {
    const only = indicesOf(options)
    const deployment = {
      ...(only ? { only } : {}),
      concurrency: concurrencyOf(options),
      batchSize: batchSizeOf(options),
      isImporting: options.import !== false,
      isCleaning: options.clean !== false,
      isMappingOnly: options.onlyMapping === true,
      isStartingAnew: options.resetChewy === true,
      onProgress: progressOn(out),
    }
    const { indexed, removed } = await deploySearch(await context(), deployment)
    if (deployment.isMappingOnly) out.say('Updated index mappings', 'green')
    else out.say(`Indexed ${indexed} records, de-indexed ${removed}`, 'green')
  },
}

/** The index, how far it is, and how many documents a second. */
function progressOn(out: Output): (index: IndexName, done: number, total: number) => void {
  let [current, begunAt] = ['', 0]
  return (index, done, total) => {
    if (index !== current) [current, begunAt] = [index, Date.now()]
    const rate = Math.round(done / Math.max(0.001, (Date.now() - begunAt) / 1000))
    const pace = done > 0 ? `, ${rate} docs/s` : ''
    out.progress(`${index} (${done}/${total}${pace})`, total === 0 ? 1 : done / total)
  }
}

/** @throws BadRequestError there is no such index */
function indicesOf(options: Options): IndexName[] | undefined {
  if (options.only === undefined) return undefined
  return [options.only].flat().map((given) => {
    const index = INDEX_NAMES.find((name) => name === given)
    if (!index) throw new BadRequestError(`--only knows ${INDEX_NAMES.join(', ')}, not "${given}".`)
    return index
  })
}

/** @throws BadRequestError not a whole number in bounds */
function batchSizeOf(options: Options): number {
  const size = Number(options.batchSize ?? DEFAULT_BATCH)
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_BATCH) return size
  throw new BadRequestError(`--batch-size must be a whole number from 1 to ${LARGEST_BATCH}.`)
}

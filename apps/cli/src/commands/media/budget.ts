import {
  type CacheRunReport,
  forecastInWords,
  KIND_WORDS,
  type MediaCache,
  readMediaCache,
  recountMediaCache,
  trimMediaCache,
  WORTH_WORDS,
} from '@anancus/core/domain/media-cache'
import { UnavailableError } from '@anancus/core/kernel/errors'
import { humanSize } from '@anancus/core/kernel/text/human-size'
import type { Command } from '../../command.ts'
import type { Output } from '../../output.ts'
import { table } from '../../table.ts'

export const mediaBudget: Command = {
  name: 'media budget',
  summary: 'Say how full the cache of remote media is, and what would go next.',
  options: [
    {
      flags: '--run',
      description: 'bring it under MEDIA_CACHE_BUDGET first, as the server does every ten minutes',
    },
    { flags: '--recount', description: 'count it anew first, after rows were loaded past its books' },
  ],
  run: async ({ out, context }, _args, options) => {
    const ctx = await context()
    if (options.recount) await recountMediaCache(ctx)
    if (options.run && (await trimMediaCache(ctx)) === null)
      throw new UnavailableError('The cache is being trimmed already; try again in a moment')
    tell(out, await readMediaCache(ctx))
  },
}

function tell(out: Output, cache: MediaCache): void {
  const { budget, total, disk } = cache
  out.say(
    budget === null ? `${humanSize(total)}, with no budget` : `${humanSize(total)} of ${humanSize(budget)}`,
  )
  out.say(forecastInWords(cache))
  if (disk.free !== null)
    out.say(`${humanSize(disk.free)} of the disk is free; below ${humanSize(disk.floor)} nothing is copied.`)
  if (disk.isStopped) out.say('The disk is nearly full: nothing from other servers is copied now.', 'yellow')
  const kinds = cache.kinds.map(({ kind, files, bytes }) => [
    KIND_WORDS[kind],
    String(files),
    humanSize(bytes),
  ])
  section(out, 'Use by kind', [['Kind', 'Files', 'Size'], ...kinds])
  const next = cache.next.map((file) => [
    KIND_WORDS[file.kind],
    humanSize(file.bytes),
    file.usedAt.toISOString().slice(0, 10),
    file.name,
    WORTH_WORDS[file.worth] ?? '',
  ])
  if (next.length > 0) section(out, 'What would go next', next)
  if (cache.runs.length > 0) section(out, 'What went', cache.runs.map(runRow))
}

function section(out: Output, title: string, rows: string[][]): void {
  out.say('')
  out.say(title)
  for (const line of table(rows)) out.say(line)
}

function runRow({ endedAt, bytesBefore, bytesAfter, removed }: CacheRunReport): string[] {
  const parts = Object.entries(removed).map(
    ([kind, { files }]) => `${KIND_WORDS[kind as keyof typeof removed]} ${files}`,
  )
  const time = endedAt.toISOString().slice(0, 16).replace('T', ' ')
  return [time, `${humanSize(bytesBefore)} → ${humanSize(bytesAfter)}`, parts.join(', ')]
}

import { readStorageUse, type StorageUse } from '@anancus/core/domain/media'
import type { Command } from '../../command.ts'
import { humanSize } from '@anancus/core/kernel/text/human-size'
import { table } from '../../table.ts'

const LABELS: Readonly<Record<string, string>> = {
  attachments: 'Attachments',
  custom_emoji: 'Custom Emoji',
  avatars: 'Avatars',
  headers: 'Headers',
  preview_cards: 'Preview Cards',
  backups: 'Backups',
  settings: 'Settings',
}

export const mediaUsage: Command = {
  name: 'media usage',
  summary: 'Say how much room media take.',
  run: async ({ out, context }) => {
    const uses = await readStorageUse(await context())
    for (const line of table([['Object', 'Total', 'Local'], ...uses.map(row)])) out.say(line)
  },
}

function row({ kind, total, local }: StorageUse): string[] {
  return [
    LABELS[kind] ?? kind,
    humanSize(Number(total)),
    ...(local === null ? [] : [humanSize(Number(local))]),
  ]
}

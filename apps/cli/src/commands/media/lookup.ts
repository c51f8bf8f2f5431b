import { findShownPage } from '@anancus/core/domain/media'
import type { Command } from '../../command.ts'

export const mediaLookup: Command = {
  name: 'media lookup',
  args: '<url>',
  summary: 'Say on which page a file is shown, by its address.',
  run: async ({ out, context }, [url]) => out.say(await findShownPage(await context(), url ?? '')),
}

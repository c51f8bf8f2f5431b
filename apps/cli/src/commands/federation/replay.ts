import { replayEvent } from '@anancus/core/domain/federation'
import type { Command } from '../../command.ts'

export const federationReplay: Command = {
  name: 'federation replay',
  args: '<event>',
  summary: 'Do again what the recorder kept: send a delivery once more, or process an activity once more.',
  run: async ({ out, context }, [event]) => {
    await replayEvent(await context(), event ?? '')
    out.say('OK, it is in the queue', 'green')
  },
}

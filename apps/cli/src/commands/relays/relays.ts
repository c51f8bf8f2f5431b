import {
  addRelay,
  disableRelay,
  enableRelay,
  listRelays,
  relayState,
  removeRelay,
} from '@anancus/core/domain/federation'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import type { Command } from '../../command.ts'

export const relaysList: Command = {
  name: 'relays list',
  summary: 'List relays, and whether they have accepted.',
  run: async ({ out, context }) => {
    for (const relay of await listRelays(await context()))
      out.say(`${relay.id} ${relayState(relay)} ${relay.inbox_url}`)
  },
}

export const relaysAdd: Command = {
  name: 'relays add',
  args: '<address>',
  summary: 'Ask a relay to pass public posts on, from us and to us.',
  run: async ({ out, context }, [address = '']) => {
    const relay = await addRelay(await context(), address)
    out.say(`OK, asked ${relay.inbox_url}`, 'green')
  },
}

export const relaysEnable = changing('enable', 'Ask a relay again.', enableRelay)
export const relaysDisable = changing('disable', 'Leave a relay, and keep its address.', disableRelay)
export const relaysRemove = changing('remove', 'Leave a relay and forget it.', removeRelay)

function changing(
  verb: string,
  summary: string,
  change: (ctx: Ctx, id: string) => Promise<unknown>,
): Command {
  return {
    name: `relays ${verb}`,
    args: '<id>',
    summary,
    run: async ({ out, context }, [id = '']) => {
      if (!isId(id)) throw new NotFoundError(`No such relay: ${id}`)
      await change(await context(), id)
      out.say('OK', 'green')
    },
  }
}

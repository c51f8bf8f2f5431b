import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { distributeStatus } from '../src/domain/statuses/index.ts'
import type { Viewer } from '../src/kernel/viewer.ts'
import { castOf } from './cast.ts'
import type { TestContext } from './context.ts'
import { drainQueues, registerHandlers } from './drain-queues.ts'
import { allHandlers } from './handlers.ts'

/** Who may read a planted word. */
export type Reader = 'alice' | 'bob' | 'fay'

/** Words that stand in statuses and what hangs on them, and who may ever read them. */
export const AUDIENCES: Record<string, readonly Reader[]> = {
  canaryprivate: ['bob', 'fay'],
  canarycw: ['bob', 'fay'],
  canarymedia: ['bob', 'fay'],
  canaryedit: ['bob', 'fay'],
  canarypoll: ['bob', 'fay'],
  canarycard: ['bob', 'fay'],
  canarydirect: ['alice', 'bob'],
  canaryreply: ['bob', 'fay'],
  canaryanswer: ['alice', 'bob'],
  canarylimited: ['alice', 'bob'],
  canaryremoteprivate: ['fay'],
  canaryremotedirect: ['alice'],
  // Names of people who are not let in yet.
  canarypending: [],
  canaryunconfirmed: [],
}

/**
 * A small town with secrets. *bob* writes for his follower *fay* and to *alice*, as does *carol* from another server;
 * *eve* follows the hashtag and asked to follow both authors, *mallory* is blocked by bob, *dan* quotes what he must not.
 */
export async function plant(ctx: TestContext) {
  registerHandlers(allHandlers)
  const make = factories(ctx.db)
  const cast = await castOf(ctx)
  const fay: Viewer = await make.viewer({ account: { username: 'fay' }, email: 'fay@example.org' })
  const bob = cast.bob.account
  const { alice, eve, mallory, carol, dan } = cast
  await make.block({ account: bob, target: mallory.account })
  for (const target of [bob, carol]) {
    await make.follow({ account: fay.account, target })
    await make.followRequest({ account: eve.account, target })
  }
  const waiting = [
    await make.user({ approved: false, account: { username: 'canarypending' } }),
    await make.user({ confirmed_at: null, account: { username: 'canaryunconfirmed' } }),
  ].map(({ account }) => account)
  const tag = await make.tag({ name: 'planted' })
  await ctx.db('tag_follows').insert({ account_id: eve.account.id, tag_id: tag.id })

  const picture = await make.media({ account: bob, description: 'canarymedia' })
  const secret = await make.status({
    account: bob,
    text: 'canaryprivate #planted https://news.example/canarycard',
    spoiler_text: 'canarycw',
    visibility: 'private',
    tags: ['planted'],
    media: [picture],
    edited_at: new Date(),
  })
  await make.statusEdit({ status: secret, text: 'canaryedit #planted' })
  await make.statusEdit({ status: secret })
  const poll = await make.poll({ status: secret, options: ['canarypoll', 'other'] })
  await make.card({ status: secret, title: 'canarycard', url: 'https://news.example/canarycard' })
  await make.pin({ status: secret })
  const root = await make.status({ account: eve.account, text: 'A question #planted', tags: ['planted'] })
  const remotePicture = await make.media({ account: carol, description: 'canaryremoteprivate' })
  const written = {
    secret,
    direct: await make.status({
      account: bob,
      text: 'canarydirect',
      visibility: 'direct',
      mentions: [alice.account],
    }),
    reply: await make.status({ account: bob, text: 'canaryreply', visibility: 'private', inReplyTo: root }),
    answer: await make.status({
      account: bob,
      text: 'canaryanswer',
      visibility: 'direct',
      inReplyTo: root,
      mentions: [alice.account],
    }),
    limited: await make.status({
      account: bob,
      text: 'canarylimited',
      visibility: 'limited',
      silentMentions: [alice.account],
    }),
    remotePrivate: await make.status({
      account: carol,
      text: 'canaryremoteprivate',
      visibility: 'private',
      tags: ['planted'],
      media: [remotePicture],
    }),
    remoteDirect: await make.status({
      account: carol,
      text: 'canaryremotedirect',
      visibility: 'direct',
      mentions: [alice.account],
    }),
    again: await make.status({ account: bob, reblogOf: secret, visibility: 'private' }),
    quoting: await make.status({ account: dan, text: 'Look at this', quoteOf: secret, tags: ['planted'] }),
  } satisfies Record<string, StatusRow>
  await make.favourite({ account: fay.account, status: secret })
  await make.bookmark({ account: fay.account, status: secret })
  await ctx.db('conversations').where({ id: root.conversation_id }).update({
    parent_account_id: eve.account.id,
    parent_status_id: root.id,
  })
  await ctx.db('conversations').where({ id: secret.conversation_id }).update({
    parent_account_id: bob.id,
    parent_status_id: secret.id,
  })
  for (const status of [root, ...Object.values(written)])
    await distributeStatus(ctx, { statusId: status.id, kind: 'create' })
  // What goes to other servers is another test's matter, and there are none here.
  await drainQueues(ctx, { ignore: ['federation.deliver'] })
  return {
    ...cast,
    fay,
    waiting,
    root,
    written,
    poll,
    picture,
    remotePicture,
    all: [root, ...Object.values(written)],
  }
}

export type Planted = Awaited<ReturnType<typeof plant>>

/** The planted words in a text that its reader (null: none of those who may) must not see. */
export function leaksIn(text: string, reader: Reader | null): string[] {
  return Object.entries(AUDIENCES)
    .filter(([word, readers]) => text.includes(word) && !(reader !== null && readers.includes(reader)))
    .map(([word]) => word)
}

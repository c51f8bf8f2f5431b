import { useFederation } from '../../../testing/federation.ts'
import { withContext } from '../../activitypub/context.ts'
import { type Document, PUBLIC } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { signedForOthers } from './sign-outgoing.ts'

const world = useFederation([])
const secure = (): Ctx => ({ ...world.ctx, config: { ...world.ctx.config, secureMode: true } })

/** What an activity carries besides itself: `signature`, `proof` or nothing. */
async function carried(activity: Document, ctx = world.ctx): Promise<string[]> {
  const { alice } = world
  const actor = world.uriOf(alice.account)
  const signed = await signedForOthers(
    ctx,
    alice.account,
    withContext({ id: `${actor}#1`, actor, ...activity }),
  )
  return ['signature', 'proof'].filter((name) => name in signed)
}

const toAll = { to: [PUBLIC] }
const toSome = { to: ['https://far.test/users/carol'] }
const LIKE = { type: 'Like', object: 'https://far.test/1' }

describe('what is signed for others', () => {
  it.each<[string, Document, string[], string[]]>([
    ['a public post', { type: 'Create', ...toAll }, ['signature'], []],
    ['an unlisted post', { type: 'Create', to: [], cc: [PUBLIC] }, ['signature'], []],
    [
      'results of an unlisted poll',
      { type: 'Update', object: { type: 'Question', cc: [PUBLIC] } },
      ['signature'],
      [],
    ],
    ['a post for a few', { type: 'Create', ...toSome }, [], []],
    ['an edit of one', { type: 'Update', ...toSome, object: { type: 'Note', ...toSome } }, [], []],
    ['a public reblog', { type: 'Announce', ...toAll }, ['signature'], []],
    ['its end', { type: 'Undo', ...toAll, object: { type: 'Announce' } }, ['signature'], ['signature']],
    ['a profile', { type: 'Update', ...toAll, object: { type: 'Person' } }, ['signature'], []],
    ['a deletion', { type: 'Delete', ...toAll, object: { type: 'Tombstone' } }, ['signature'], ['signature']],
    [
      'the end of a permission to quote',
      { type: 'Delete', ...toAll, object: { type: 'QuoteAuthorization' } },
      ['signature'],
      ['signature'],
    ],
    [
      'the end of a permission to feature',
      { type: 'Delete', ...toAll, object: { type: 'FeatureAuthorization' } },
      ['signature'],
      ['signature'],
    ],
    ['a request to quote', { type: 'QuoteRequest', object: 'https://far.test/1' }, ['signature'], []],
    ['a request to feature', { type: 'FeatureRequest', object: 'https://far.test/1' }, ['signature'], []],
    ['a favourite', LIKE, ['proof'], ['proof']],
    ['its end', { type: 'Undo', object: LIKE }, ['proof'], ['proof']],
  ])('%s', async (_name, activity, usually, inSecureMode) => {
    expect(await carried(activity)).toEqual(usually)
    expect(await carried(activity, secure())).toEqual(inSecureMode)
  })
})

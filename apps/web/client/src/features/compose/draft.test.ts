import type { Status } from '@anancus/core/entities/types'
import {
  type DraftDefaults,
  isWorthKeeping,
  mentionsFor,
  moved,
  quotePolicyOf,
  startDraft,
  stricter,
} from './draft.ts'

const defaults: DraftDefaults = {
  myId: 'me',
  visibility: 'unlisted',
  quotePolicy: 'followers',
  isSensitive: false,
  language: 'en',
  newKey: () => 'key',
}
const status = (patch: Partial<Status>) =>
  ({
    account: { id: 'bob', acct: 'bob@far.example' },
    mentions: [],
    spoiler_text: '',
    visibility: 'public',
    media_attachments: [],
    language: 'de',
    sensitive: false,
    quote_approval: { automatic: ['public'], manual: [], current_user: 'automatic' },
    ...patch,
  }) as unknown as Status
const mention = (id: string, acct = id) => ({ id, acct, username: acct, url: '' })

describe('a draft', () => {
  it('of a new post has the writer’s defaults', () => {
    expect(startDraft({ kind: 'new' }, defaults)).toMatchObject({
      text: '',
      visibility: 'unlisted',
      language: 'en',
    })
  })

  it('of a quote is empty, and for no more people than what it quotes', () => {
    const request = { kind: 'quote' as const, statusId: '7' }
    expect(startDraft(request, defaults, status({}))).toMatchObject({
      text: '',
      visibility: 'unlisted',
      quotePolicy: 'followers',
    })
    expect(startDraft(request, defaults, status({ visibility: 'private' })).visibility).toBe('private')
  })

  it('of an edit may be quoted by whom it could before', () => {
    const policyOf = (...automatic: ('public' | 'followers')[]) =>
      quotePolicyOf({ quote_approval: { automatic, manual: [], current_user: 'automatic' } })
    expect([policyOf('public'), policyOf('followers'), policyOf()]).toEqual(['public', 'followers', 'nobody'])
  })

  it('of a reply names the author and who else was there, each once, never oneself', () => {
    const to = status({ mentions: [mention('me'), mention('carol'), mention('bob', 'bob@far.example')] })
    expect(mentionsFor(to, 'me')).toBe('@bob@far.example @carol ')
    expect(mentionsFor(status({ account: { id: 'me', acct: 'me' } as Status['account'] }), 'me')).toBe('')
  })

  it('of a reply is read by no more people than either side wants, and warns of the same', () => {
    const draft = startDraft(
      { kind: 'reply', statusId: '1' },
      defaults,
      status({ visibility: 'direct', spoiler_text: 'food' }),
    )
    expect(draft).toMatchObject({ visibility: 'direct', warning: 'food', isWarned: true })
    expect(startDraft({ kind: 'reply', statusId: '1' }, defaults, status({})).visibility).toBe('unlisted')
    expect(stricter('private', 'public')).toBe('private')
  })

  it('of an edit has what was written, its pictures and its language', () => {
    const picture = { id: '7', description: 'a cat' }
    const request = {
      kind: 'edit' as const,
      status: status({ media_attachments: [picture as never], sensitive: true }),
      text: 'source',
      spoilerText: 'cw',
    }
    expect(startDraft(request, defaults)).toMatchObject({
      text: 'source',
      warning: 'cw',
      language: 'de',
      isSensitive: true,
      media: [{ key: '7', description: 'a cat', isAttached: true }],
    })
  })

  it('is worth keeping once something was added to it', () => {
    const start = startDraft({ kind: 'reply', statusId: '1' }, defaults, status({}))
    expect(isWorthKeeping(start, start)).toBe(false)
    expect(isWorthKeeping({ ...start, text: '' }, start)).toBe(false)
    expect(isWorthKeeping({ ...start, text: `${start.text}hi` }, start)).toBe(true)
  })

  it('has its pictures in another order, each of them once', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], -1, 0)).toEqual(['a', 'b'])
  })
})

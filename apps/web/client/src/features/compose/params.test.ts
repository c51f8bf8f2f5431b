import type { Status } from '@anancus/core/entities/types'
import type { Draft, DraftMedia } from './draft.ts'
import { paramsOf } from './params.ts'

const media = (id: string, patch: Partial<DraftMedia> = {}): DraftMedia => ({
  key: id,
  attachment: { id } as DraftMedia['attachment'],
  progress: 1,
  description: `words of ${id}`,
  isAttached: false,
  ...patch,
})
const draft = (patch: Partial<Draft> = {}): Draft => ({
  text: 'hello',
  warning: 'careful',
  isWarned: false,
  visibility: 'unlisted',
  quotePolicy: 'followers',
  language: 'de',
  isSensitive: true,
  media: [],
  idempotencyKey: 'key',
  ...patch,
})

describe('what the server is told', () => {
  it('of a new post', () => {
    expect(
      paramsOf(draft({ media: [media('1'), media('2', { attachment: null })] }), { kind: 'new' }),
    ).toEqual({
      status: 'hello',
      spoiler_text: '',
      sensitive: true,
      language: 'de',
      media_ids: ['1'],
      visibility: 'unlisted',
      in_reply_to_id: undefined,
      quoted_status_id: undefined,
      quote_approval_policy: 'followers',
    })
  })

  it('of a warning only while it is switched on', () => {
    expect(paramsOf(draft({ isWarned: true }), { kind: 'new' }).spoiler_text).toBe('careful')
  })

  it('of a reply, and of a post written again that was one', () => {
    expect(paramsOf(draft(), { kind: 'reply', statusId: '7' }).in_reply_to_id).toBe('7')
    const status = { in_reply_to_id: '8' } as Status
    expect(paramsOf(draft(), { kind: 'redraft', status }).in_reply_to_id).toBe('8')
  })

  it('of a quote, also of one written again; who may quote is said of what is public', () => {
    expect(paramsOf(draft(), { kind: 'quote', statusId: '7' }).quoted_status_id).toBe('7')
    const status = { quote: { state: 'accepted', quoted_status: { id: '8' } } } as Status
    expect(paramsOf(draft(), { kind: 'redraft', status }).quoted_status_id).toBe('8')
    expect(paramsOf(draft({ visibility: 'private' }), { kind: 'new' }).quote_approval_policy).toBeUndefined()
  })

  it('of an edit names all the post has, or the server would take it away', () => {
    const request = { kind: 'edit' as const, status: {} as Status, text: '', spoilerText: '' }
    const kept = media('1', { isAttached: true, focus: { x: 0.5, y: -1 } })
    const params = paramsOf(draft({ media: [kept, media('2')] }), request)
    expect(params).toEqual({
      status: 'hello',
      spoiler_text: '',
      sensitive: true,
      language: 'de',
      media_ids: ['1', '2'],
      media_attributes: [{ id: '1', description: 'words of 1', focus: '0.5,-1' }],
      quote_approval_policy: 'followers',
    })
  })
})

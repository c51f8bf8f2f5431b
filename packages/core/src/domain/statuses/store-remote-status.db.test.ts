import { insertStatus, type NewStatus } from '@anancus/db/queries/status-writes'
import { useFederation } from '../../../testing/federation.ts'

const world = useFederation(['far'])

describe('the id of a status that is dated back', () => {
  const draft = async (): Promise<NewStatus> => ({
    id: '115000000000000001',
    accountId: (await world.make.remoteAccount()).id,
    inReplyToId: null,
    inReplyToAccountId: null,
    isReply: false,
    reblogOfId: null,
    applicationId: null,
    conversationId: null,
    language: null,
    isLocal: false,
    mediaIds: [],
    quoteApprovalPolicy: 0,
    sensitive: false,
    spoilerText: '',
    text: 'Hello',
    visibility: 0,
    uri: `https://far.example/${Math.random()}`,
    uriPrefix: '',
    uriSuffix: '',
    createdAt: new Date('2026-01-01T12:00:00Z'),
  })

  it('may be another’s already: the status is not stored, and nothing breaks', async () => {
    expect(await insertStatus(world.ctx.db, await draft())).toMatchObject({ text: 'Hello' })
    expect(await insertStatus(world.ctx.db, await draft())).toBeNull()
    expect([await world.count('statuses'), await world.count('conversations')]).toEqual([1, 1])
  })

  it('may be that of a status which is gone, and whose conversation goes on', async () => {
    await insertStatus(world.ctx.db, await draft())
    await world.ctx.db('statuses').delete()
    expect(await insertStatus(world.ctx.db, await draft())).toBeNull()
    const [{ id: conversationId } = { id: '' }] = await world.ctx.db('conversations').select('id')
    const reply = { ...(await draft()), id: undefined, conversationId }
    expect(await insertStatus(world.ctx.db, reply)).toMatchObject({ conversation_id: conversationId })
  })
})

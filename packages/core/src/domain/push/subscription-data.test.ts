import { NOTIFICATION_TYPES } from '../../entities/types/index.ts'
import { pushDataFrom, pushDataOf, sessionPushData, wantsPush } from './subscription-data.ts'
import { pushTitle } from './titles/index.ts'

describe('subscription data', () => {
  it('keeps known alerts as they were set, and nothing else', () => {
    const alerts = { mention: true, reblog: false, follow: undefined, nonsense: true }
    expect(pushDataFrom({ policy: 'followed', alerts })).toEqual({
      policy: 'followed',
      alerts: { mention: true, reblog: false },
    })
    expect(pushDataFrom(undefined)).toEqual({})
    expect(pushDataFrom({ alerts: {} })).toEqual({ alerts: {} })
  })

  it('reads rows of Mastodon, which hold text', () => {
    const data = { alerts: { mention: 'true', follow: '0', poll: 'false', status: '1', quote: null } }
    expect(pushDataOf({ data })).toEqual({
      policy: 'all',
      alerts: { mention: true, follow: false, poll: false, status: true, quote: false },
    })
    expect(pushDataOf({ data: null })).toEqual({ policy: 'all', alerts: {} })
    expect(pushDataOf({ data: [] })).toEqual({ policy: 'all', alerts: {} })
  })

  it('turns everything on for a browser that can only push, with its own choices over it', () => {
    const { policy, alerts } = sessionPushData({ alerts: { poll: false } }, true)
    expect(policy).toBe('all')
    expect(Object.keys(alerts ?? {})).toEqual([...NOTIFICATION_TYPES])
    expect(alerts).toMatchObject({ mention: true, poll: false })
    expect(sessionPushData({ alerts: { poll: true } }, false).alerts).toMatchObject({
      mention: false,
      poll: true,
    })
  })

  it.each([
    ['all', true, true, true],
    ['followed', true, false, false],
    ['follower', false, true, false],
    ['none', false, false, false],
    ['whatever', false, false, false],
  ])('policy %s lets through the followed, followers and strangers as it says', (policy, a, b, c) => {
    const data = { policy, alerts: { mention: true } }
    const wants = (following: boolean, followed: boolean) =>
      wantsPush(data, 'mention', { following, followed })
    expect([wants(true, false), wants(false, true), wants(false, false)]).toEqual([a, b, c])
  })

  it('is silent about what is off or was never set', () => {
    const facts = { following: true, followed: true }
    const data = { policy: 'all', alerts: { mention: false } }
    expect(wantsPush(data, 'mention', facts)).toBe(false)
    expect(wantsPush(data, 'follow', facts)).toBe(false)
    expect(wantsPush(data, 'constructor', facts)).toBe(false)
  })
})

describe('pushTitle', () => {
  it('speaks the language of the locale, else English', () => {
    expect(pushTitle('de', 'mention', 'Bob')).toBe('Bob hat dich erwähnt')
    expect(pushTitle('pt-BR', 'follow', 'Bob')).toBe('Bob agora segue você')
    expect(pushTitle('tlh', 'follow', 'Bob')).toBe('Bob now follows you')
    expect(pushTitle('constructor', 'follow', 'Bob')).toBe('Bob now follows you')
  })

  it('takes a name as it is, whatever it looks like', () => {
    expect(pushTitle('en', 'follow', '$& {name}')).toBe('$& {name} now follows you')
  })
})

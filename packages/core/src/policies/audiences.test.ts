import { stored, VISIBILITIES } from '@anancus/db'
import fc from 'fast-check'
import type { ApprovalAudience } from '../entities/types/index.ts'
import { AUDIENCE_BITS, approvalFor, automaticPolicy, readAudiences } from './audiences.ts'
import { featureApproval } from './feature.ts'
import { quoteApproval } from './quote.ts'

const NAMES = Object.keys(AUDIENCE_BITS) as ApprovalAudience[]
const follower = { following: { showReblogs: true, notify: false, languages: null }, followedBy: false }
const followed = { following: null, followedBy: true }

describe('stored policies', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...NAMES)), (names) => {
        const { automatic, manual } = readAudiences(automaticPolicy(...names))
        expect([...automatic].sort()).toEqual([...names].sort())
        expect(manual).toEqual([])
      }),
    )
  })

  it('tell followers, followed and strangers apart', () => {
    const table = [
      [readAudiences(automaticPolicy('public')), ['automatic', 'automatic', 'automatic']],
      [readAudiences(automaticPolicy('followers')), ['automatic', 'denied', 'denied']],
      [readAudiences(automaticPolicy('following')), ['denied', 'automatic', 'denied']],
      [readAudiences(AUDIENCE_BITS.public), ['manual', 'manual', 'manual']],
      [readAudiences(automaticPolicy('followers') | AUDIENCE_BITS.public), ['automatic', 'manual', 'manual']],
      [readAudiences(automaticPolicy('unsupported_policy')), ['unknown', 'unknown', 'unknown']],
      [readAudiences(automaticPolicy('disabled')), ['denied', 'denied', 'denied']],
      [readAudiences(0), ['denied', 'denied', 'denied']],
    ] as const
    for (const [policy, expected] of table)
      expect([follower, followed, undefined].map((relation) => approvalFor(policy, relation))).toEqual(
        expected,
      )
  })
})

describe('quoteApproval', () => {
  const status = (visibility: (typeof VISIBILITIES)[number]) => ({
    account_id: '1',
    visibility: stored(VISIBILITIES, visibility),
    quote_approval_policy: automaticPolicy('public'),
  })

  it.each([
    ['public', null, 'denied'],
    ['public', '1', 'automatic'],
    ['public', '2', 'automatic'],
    ['private', '1', 'automatic'],
    ['direct', '1', 'denied'],
    ['direct', '2', 'denied'],
    ['limited', '1', 'automatic'],
  ] as const)('of a %s status to %s is %s', (visibility, viewerId, expected) => {
    expect(quoteApproval(viewerId, status(visibility), undefined).current_user).toBe(expected)
  })
})

describe('featureApproval', () => {
  const local = { id: '1', domain: null, discoverable: true, locked: false, feature_approval_policy: 0 }
  const remote = { ...local, domain: 'r.example' }

  it('of ours follows from the profile', () => {
    expect(featureApproval('2', local, undefined)).toEqual({
      automatic: ['public'],
      manual: [],
      current_user: 'automatic',
    })
    expect(featureApproval('2', { ...local, locked: true }, undefined)).toMatchObject({
      automatic: ['followers'],
      current_user: 'denied',
    })
    expect(featureApproval('2', { ...local, discoverable: null }, undefined)).toMatchObject({
      automatic: [],
      current_user: 'denied',
    })
  })

  it('is missing where a remote account told none', () => {
    expect(featureApproval('2', remote, undefined).current_user).toBe('missing')
    expect(featureApproval(null, remote, undefined).current_user).toBe('denied')
  })
})

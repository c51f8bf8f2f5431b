import { AUDIENCE_BITS, automaticPolicy } from './audiences.ts'
import { type QuoteFacts, quoteDecision } from './quote.ts'

const AUTHOR = '1'
const QUOTER = '2'
const STRANGER = { following: null, followedBy: false }

type Changes = Omit<Partial<QuoteFacts>, 'status'> & { status?: Partial<QuoteFacts['status']> }

function decide({ status, ...facts }: Changes, quoter = QUOTER) {
  return quoteDecision(quoter, {
    authorSuspended: false,
    isFollower: false,
    isMentioned: false,
    blockedByAuthor: false,
    ties: STRANGER,
    isBlocked: false,
    ...facts,
    status: {
      account_id: AUTHOR,
      visibility: 0,
      quote_approval_policy: automaticPolicy('public'),
      reblog_of_id: null,
      ...status,
    },
  })
}

it('is what the author wants', () => {
  const policy = (bits: number) => ({ status: { quote_approval_policy: bits } })
  expect(decide({})).toBe('automatic')
  expect(decide(policy(0))).toBe('denied')
  expect(decide(policy(automaticPolicy('followers')))).toBe('denied')
  expect(decide({ ...policy(automaticPolicy('followers')), ties: { ...STRANGER, following: {} } })).toBe(
    'automatic',
  )
  expect(decide(policy(AUDIENCE_BITS.public))).toBe('manual')
  expect(decide(policy(automaticPolicy('unsupported_policy')))).toBe('unknown')
})

it('is never for what is not for everybody, but for its author', () => {
  const hidden = { isFollower: true, isMentioned: true, status: { visibility: 2 } }
  expect(decide(hidden)).toBe('denied')
  expect(decide({ ...hidden, status: { ...hidden.status, quote_approval_policy: 0 } }, AUTHOR)).toBe(
    'automatic',
  )
  expect(decide({ isMentioned: true, status: { visibility: 3 } })).toBe('denied')
  expect(decide({ status: { visibility: 3 } }, AUTHOR)).toBe('denied')
  expect(decide({ status: { visibility: 1 } })).toBe('automatic')
})

it('SEC-PRIV-24 is never across a block, whoever blocks', () => {
  expect(decide({ isBlocked: true })).toBe('denied')
  expect(decide({ blockedByAuthor: true })).toBe('denied')
})

it('SEC-ORG-08 is never for a reblog', () => {
  expect(decide({ status: { reblog_of_id: '7' } })).toBe('denied')
  expect(decide({ status: { reblog_of_id: '7' } }, AUTHOR)).toBe('denied')
})

it('is never for somebody who is suspended', () => {
  expect(decide({ authorSuspended: true })).toBe('denied')
})

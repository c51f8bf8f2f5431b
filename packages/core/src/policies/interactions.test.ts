import { AUDIENCE_BITS, automaticPolicy } from './audiences.ts'
import { type InteractionFacts, permissionBy } from './interactions.ts'

const stranger: InteractionFacts = { isAuthor: false, ties: { following: null, followedBy: false } }
const follower: InteractionFacts = { ...stranger, ties: { following: true, followedBy: false } }
const followed: InteractionFacts = { ...stranger, ties: { following: null, followedBy: true } }
const named: InteractionFacts = { ...stranger, isNamed: true }
const author: InteractionFacts = { ...stranger, isAuthor: true }
const NOBODY = 0
const ASKED = AUDIENCE_BITS.public
const NOT_UNDERSTOOD = AUDIENCE_BITS.unsupported_policy

describe('what an author lets be done to a status', () => {
  it.each([
    ['no policy', null, stranger, 'allowed'],
    ['everybody', automaticPolicy('public'), stranger, 'allowed'],
    ['nobody', NOBODY, stranger, 'denied'],
    ['nobody', NOBODY, named, 'allowed'],
    ['nobody', NOBODY, author, 'allowed'],
    ['who is asked about', ASKED, stranger, 'asked'],
    ['followers, which only the author can know', automaticPolicy('followers'), follower, 'asked'],
    ['followers', automaticPolicy('followers'), stranger, 'denied'],
    ['whom the author follows', automaticPolicy('following'), followed, 'asked'],
    ['whom the author follows', automaticPolicy('following'), follower, 'denied'],
    ['somebody we cannot tell', NOT_UNDERSTOOD, stranger, 'asked'],
  ])('%s (%s): %j %s', (_what, policy, facts, permission) => {
    expect(permissionBy(policy, facts)).toBe(permission)
  })
})

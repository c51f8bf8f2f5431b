import { canListRelations, canShowAccount } from './account.ts'

const now = new Date()

describe('canShowAccount', () => {
  it.each([
    ['a remote account', { domain: 'r.example' }, null, true],
    ['a confirmed and approved login', { domain: null }, { approved: true, confirmed_at: now }, true],
    ['a pending login', { domain: null }, { approved: false, confirmed_at: now }, false],
    ['an unconfirmed login', { domain: null }, { approved: true, confirmed_at: null }, false],
    ['an account without a login', { domain: null }, null, true],
  ])('%s', (_, account, user, expected) => {
    expect(canShowAccount(account, user)).toBe(expected)
  })
})

describe('lists of an account', () => {
  const account = { id: '1', suspended_at: null, hide_collections: null }

  it('are empty for those it blocks, and of the suspended', () => {
    expect(canListRelations('2', account, { blockedByAccount: true })).toBe(false)
    expect(canListRelations('1', { ...account, suspended_at: now }, { blockedByAccount: false })).toBe(false)
  })

  it('of follows are the owner’s alone when hidden', () => {
    const hidden = { ...account, hide_collections: true }
    expect(canListRelations('1', hidden, { blockedByAccount: false })).toBe(true)
    expect(canListRelations('2', hidden, { blockedByAccount: false })).toBe(false)
    expect(canListRelations(null, hidden, { blockedByAccount: false })).toBe(false)
    expect(canListRelations(null, account, { blockedByAccount: false })).toBe(true)
  })
})

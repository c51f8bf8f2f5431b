import { allowsAny, SCOPES, splitScopes } from './scopes.ts'

describe('allowsAny', () => {
  it.each([
    [['read'], ['read:statuses'], true],
    [['read:statuses'], ['read'], false],
    [['read:statuses', 'read:accounts'], ['read'], false],
    [['write'], ['read:statuses'], false],
    [['follow'], ['write:follows'], true],
    [['follow'], ['read:mutes'], true],
    [['follow'], ['read:statuses'], false],
    [['read'], ['profile'], false],
    [['read', 'write'], ['push'], false],
    [['admin:read'], ['admin:read:accounts'], true],
    [['admin:read'], ['admin:write:accounts'], false],
    [['admin'], ['admin:read'], false],
    [['rea'], ['read'], false],
    [['read'], ['profile', 'read:accounts'], true],
    [[], [], true],
  ])('%j for %j is %p', (held, wanted, expected) => {
    expect(allowsAny(held, wanted)).toBe(expected)
  })
})

it('lists every scope once', () => {
  expect(new Set(SCOPES).size).toBe(SCOPES.length)
  expect(splitScopes(' read  write read ')).toEqual(['read', 'write'])
})

import { type Permission, permissionMask } from '@anancus/db'
import { canModerate, outranks } from './may.ts'

const role = (position: number, ...permissions: Permission[]) => ({
  position,
  permissions: permissionMask(...permissions),
})
const account = { id: '1' }

describe('outranks', () => {
  it('is for those above alone; a remote account has no role', () => {
    expect(outranks(role(10), role(9))).toBe(true)
    expect(outranks(role(10), role(10))).toBe(false)
    expect(outranks(role(10), role(11))).toBe(false)
    expect(outranks(role(-1), null)).toBe(true)
  })
})

describe('canModerate', () => {
  const everybody = role(-1)

  it('wants one of two permissions', () => {
    expect(canModerate(role(10, 'manage_users'), account, everybody)).toBe(true)
    expect(canModerate(role(10, 'manage_reports'), account, everybody)).toBe(true)
    expect(canModerate(role(10, 'administrator'), account, everybody)).toBe(true)
    expect(canModerate(role(10, 'manage_settings', 'manage_blocks'), account, everybody)).toBe(false)
  })

  it('never reaches equals, superiors and the server itself', () => {
    const moderator = role(10, 'manage_users', 'manage_reports')
    expect(canModerate(moderator, account, moderator)).toBe(false)
    expect(canModerate(moderator, account, role(100))).toBe(false)
    expect(canModerate(role(1000, 'administrator'), { id: '-99' }, null)).toBe(false)
  })
})

import { permissionMask } from '@anancus/db'
import { effectivePermissions, isPermitted } from './permissions.ts'

describe('isPermitted', () => {
  it('grants what the mask says, one of several is enough', () => {
    const role = { permissions: permissionMask('manage_users', 'manage_reports') }
    expect(isPermitted(role, 'manage_users')).toBe(true)
    expect(isPermitted(role, 'manage_settings', 'manage_reports')).toBe(true)
    expect(isPermitted(role, 'manage_settings')).toBe(false)
  })

  it('grants everything to an administrator', () => {
    const role = { permissions: permissionMask('administrator') }
    expect(isPermitted(role, 'delete_user_data')).toBe(true)
    expect(effectivePermissions(role).toString(2)).toBe('1'.repeat(23))
  })

  it('adds what everyone has', () => {
    expect(effectivePermissions({ permissions: '1024' }, 65536n)).toBe(66560n)
  })
})

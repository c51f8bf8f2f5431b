import type { Viewer } from '../kernel/viewer.ts'
import { refusalOf, standingOf } from './user.ts'

const viewer = (values: { user?: object; account?: object; role?: object } = {}): Viewer =>
  ({
    user: {
      confirmed_at: new Date(),
      approved: true,
      disabled: false,
      otp_required_for_login: false,
      ...values.user,
    },
    account: { suspended_at: null, memorial: false, moved_to_account_id: null, ...values.account },
    role: { require_2fa: false, ...values.role },
  }) as unknown as Viewer

it.each([
  [{}, 'functional'],
  [{ user: { confirmed_at: null, approved: false } }, 'unconfirmed'],
  [{ user: { approved: false } }, 'pending'],
  [{ user: { disabled: true } }, 'disabled'],
  [{ account: { memorial: true } }, 'disabled'],
  [{ account: { moved_to_account_id: '1' } }, 'disabled'],
  [{ role: { require_2fa: true } }, 'disabled'],
  [{ role: { require_2fa: true }, user: { otp_required_for_login: true } }, 'functional'],
  [{ account: { suspended_at: new Date() }, user: { confirmed_at: null } }, 'unavailable'],
] as const)('%j is %s', (values, standing) => {
  expect(standingOf(viewer(values))).toBe(standing)
})

it('says why in the words clients know', () => {
  expect(refusalOf('pending')).toMatchObject({
    status: 403,
    message: 'Your login is currently pending approval',
  })
})

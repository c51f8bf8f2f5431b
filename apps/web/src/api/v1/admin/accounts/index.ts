import type { Route } from '../../../../http/route.ts'
import { adminAccount, adminAccounts, deleteAdminAccount } from '../accounts.ts'
import { action } from './action.ts'
import { approve } from './approve.ts'
import { enable } from './enable.ts'
import { reject } from './reject.ts'
import { unsensitive } from './unsensitive.ts'
import { unsilence } from './unsilence.ts'
import { unsuspend } from './unsuspend.ts'

/** `/api/v1/admin/accounts` and all below it. */
export const adminAccountRoutes: readonly Route[] = [
  adminAccounts,
  adminAccount,
  deleteAdminAccount,
  action,
  approve,
  enable,
  reject,
  unsensitive,
  unsilence,
  unsuspend,
]

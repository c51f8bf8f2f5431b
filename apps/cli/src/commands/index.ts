import type { Command } from '../command.ts'
import { approveAccounts } from './accounts/approve.ts'
import { createAccount } from './accounts/create.ts'
import { deleteAccount } from './accounts/delete.ts'
import { modifyAccount } from './accounts/modify.ts'
import { rotateAccounts } from './accounts/rotate.ts'
import { cacheClear } from './cache/clear.ts'
import { cacheRecount } from './cache/recount.ts'
import { dbMigrate } from './db/migrate.ts'
import { dbSeed } from './db/seed.ts'
import { dbSeedLarge } from './db/seed-large.ts'
import { dbStatus } from './db/status.ts'
import { feedsBuild } from './feeds/build.ts'
import { feedsClear } from './feeds/clear.ts'
import { feedsVacuum } from './feeds/vacuum.ts'
import { registrationsApproved, registrationsClose, registrationsOpen } from './settings/registrations.ts'
import { setup } from './setup/index.ts'
import { createToken } from './tokens/create.ts'
import { version } from './version.ts'

export const commands: readonly Command[] = [
  approveAccounts,
  cacheClear,
  cacheRecount,
  createAccount,
  createToken,
  dbMigrate,
  dbSeed,
  dbSeedLarge,
  dbStatus,
  deleteAccount,
  feedsBuild,
  feedsClear,
  feedsVacuum,
  modifyAccount,
  registrationsApproved,
  registrationsClose,
  registrationsOpen,
  rotateAccounts,
  setup,
  version,
]

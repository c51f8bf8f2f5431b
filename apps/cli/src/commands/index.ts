import type { Command } from '../command.ts'
import { approveAccounts } from './accounts/approve.ts'
import { createAccount } from './accounts/create.ts'
import { cullAccounts } from './accounts/cull.ts'
import { deleteAccount } from './accounts/delete.ts'
import { fixDuplicates } from './accounts/fix-duplicates.ts'
import { followByAll, unfollowByAll } from './accounts/follow.ts'
import { mergeTwoAccounts } from './accounts/merge.ts'
import { migrateAccount } from './accounts/migrate.ts'
import { modifyAccount } from './accounts/modify.ts'
import { pruneRemoteAccounts } from './accounts/prune.ts'
import { refreshAccounts } from './accounts/refresh.ts'
import { resetRelationships } from './accounts/reset-relationships.ts'
import { rotateAccounts } from './accounts/rotate.ts'
import { cacheClear } from './cache/clear.ts'
import { cacheRecount } from './cache/recount.ts'
import { canonicalEmailBlocksFind } from './canonical-email-blocks/find.ts'
import { canonicalEmailBlocksRemove } from './canonical-email-blocks/remove.ts'
import { dbMigrate } from './db/migrate.ts'
import { dbSeed } from './db/seed.ts'
import { dbSeedLarge } from './db/seed-large.ts'
import { dbStatus } from './db/status.ts'
import { domainsCrawl } from './domains/crawl.ts'
import { domainsPurge } from './domains/purge.ts'
import { emailDomainBlocksAdd } from './email-domain-blocks/add.ts'
import { emailDomainBlocksList } from './email-domain-blocks/list.ts'
import { emailDomainBlocksRemove } from './email-domain-blocks/remove.ts'
import { emojiExport } from './emoji/export.ts'
import { emojiImport } from './emoji/import.ts'
import { emojiPurge } from './emoji/purge.ts'
import { federationReplay } from './federation/replay.ts'
import { federationWhy } from './federation/why.ts'
import { feedsBuild } from './feeds/build.ts'
import { feedsClear } from './feeds/clear.ts'
import { feedsVacuum } from './feeds/vacuum.ts'
import { ipBlocksAdd } from './ip-blocks/add.ts'
import { ipBlocksExport } from './ip-blocks/export.ts'
import { ipBlocksRemove } from './ip-blocks/remove.ts'
import { mediaBudget } from './media/budget.ts'
import { mediaLookup } from './media/lookup.ts'
import { mediaMove } from './media/move.ts'
import { mediaRefresh } from './media/refresh.ts'
import { mediaRemove } from './media/remove.ts'
import { mediaRemoveOrphans } from './media/remove-orphans.ts'
import { mediaUsage } from './media/usage.ts'
import { previewCardsRemove } from './preview-cards/remove.ts'
import { relaysAdd, relaysDisable, relaysEnable, relaysList, relaysRemove } from './relays/relays.ts'
import { searchDeploy } from './search/deploy.ts'
import { registrationsApproved, registrationsClose, registrationsOpen } from './settings/registrations.ts'
import { setup } from './setup/index.ts'
import { statusesRemove } from './statuses/remove.ts'
import { createToken } from './tokens/create.ts'
import { version } from './version.ts'
import { generateVapidKey } from './webpush/generate-vapid-key.ts'

export const commands: readonly Command[] = [
  approveAccounts,
  cacheClear,
  cacheRecount,
  canonicalEmailBlocksFind,
  canonicalEmailBlocksRemove,
  createAccount,
  createToken,
  cullAccounts,
  dbMigrate,
  dbSeed,
  dbSeedLarge,
  dbStatus,
  deleteAccount,
  domainsCrawl,
  domainsPurge,
  emailDomainBlocksAdd,
  emailDomainBlocksList,
  emailDomainBlocksRemove,
  emojiExport,
  emojiImport,
  emojiPurge,
  federationReplay,
  federationWhy,
  feedsBuild,
  feedsClear,
  feedsVacuum,
  fixDuplicates,
  generateVapidKey,
  followByAll,
  ipBlocksAdd,
  ipBlocksExport,
  ipBlocksRemove,
  mediaBudget,
  mediaLookup,
  mediaMove,
  mediaRefresh,
  mediaRemove,
  mediaRemoveOrphans,
  mediaUsage,
  mergeTwoAccounts,
  migrateAccount,
  modifyAccount,
  previewCardsRemove,
  pruneRemoteAccounts,
  refreshAccounts,
  registrationsApproved,
  registrationsClose,
  registrationsOpen,
  relaysAdd,
  relaysDisable,
  relaysEnable,
  relaysList,
  relaysRemove,
  resetRelationships,
  rotateAccounts,
  searchDeploy,
  setup,
  statusesRemove,
  unfollowByAll,
  version,
]

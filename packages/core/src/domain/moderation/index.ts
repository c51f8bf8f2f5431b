export { actOnAccount, type AccountAction } from './act-on-account.ts'
export { approveAccount, rejectAccount } from './admit-account.ts'
export { afterSuspension, afterUnsuspension } from './after-suspension.ts'
export { appealStrike, approveAppeal, rejectAppeal } from './appeal.ts'
export {
  assignReport,
  noteReport,
  recategorizeReport,
  reopenReport,
  resolveReport,
  unassignReport,
} from './change-report.ts'
export { deleteSuspended, eraseAccount, eraseSuspended } from './erase-account.ts'
export { fileRemoteReport, fileReport, type ReportParams } from './file-report.ts'
export { noteAccount, unnoteAccount } from './note-account.ts'
export { type AccountFilters, getModerated, listAdminAccounts } from './read-accounts.ts'
export type { FullReport } from '@anancus/db/queries/reports'
export { getReport, listReports, type ReportFilters } from './read-reports.ts'
export { listRemoteAccountIds, redownloadImages } from './redownload-images.ts'
export { unfreezeUser, unlimitAccount, unmarkSensitive } from './restrict-account.ts'
export { unsuspendAccount } from './suspend-account.ts'
export {
  cullAccount,
  idleAccounts,
  mergeAccounts,
  mergeDuplicates,
  pruneAccounts,
} from './upkeep-accounts.ts'
export {
  endTie,
  followForOperator,
  listLocalFollowerIds,
  listTies,
  unfollowForOperator,
} from './upkeep-follows.ts'
export { deleteAccount } from './delete-account.ts'
export { purgeAccount } from './purge-account.ts'
export {
  afterUnallow,
  createDomainAllow,
  getDomainAllow,
  listDomainAllows,
  removeDomainAllow,
} from './domain-allows.ts'
export { applyDomainBlock, clearDomainMedia, liftDomainBlock } from './apply-domain-block.ts'
export { type AddressGate, addressGate } from './blocked-ranges.ts'
export {
  blockEmailOf,
  createCanonicalEmailBlock,
  findCanonicalEmailBlock,
  getCanonicalEmailBlock,
  listCanonicalEmailBlocks,
  removeCanonicalEmailBlock,
  unblockEmail,
  unblockEmailOf,
} from './canonical-email-blocks.ts'
export {
  createDomainBlock,
  type DomainBlockOutcome,
  removeDomainBlock,
  updateDomainBlock,
} from './change-domain-block.ts'
export { cleanUpIps } from './clean-up-ips.ts'
export { type DomainBlockChange, severityOf } from './domain-block-values.ts'
export {
  createEmailDomainBlock,
  type EmailDomainBlockWithHistory,
  getEmailDomainBlock,
  listEmailDomainBlocks,
  removeEmailDomainBlock,
} from './email-domain-blocks.ts'
export { IP_SEVERITIES, ipSeverityOf, type IpSeverity } from './ip-block-values.ts'
export {
  createIpBlock,
  getIpBlock,
  type IpBlockChange,
  listIpBlocks,
  removeIpBlock,
  updateIpBlock,
} from './ip-blocks.ts'
export { getDomainBlock, listDomainBlocks } from './read-domain-blocks.ts'
export { forgetRemoteAccount } from './forget-account.ts'
export {
  addEmailDomain,
  type EmailDomainFamily,
  listEmailDomainFamilies,
  removeEmailDomain,
} from './operate-email-domains.ts'
export { addIpRule, ipSeverityNamed, listRefusedRanges, removeIpRules } from './operate-ip-blocks.ts'
export {
  accountsToPurge,
  closeSeverances,
  planPurge,
  type PurgePlan,
  purgeDomainBlocks,
  purgeEmojis,
} from './purge-domains.ts'

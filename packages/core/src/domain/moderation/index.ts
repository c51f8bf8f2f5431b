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

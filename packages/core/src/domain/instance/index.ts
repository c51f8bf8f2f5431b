export {
  type AnnouncementValues,
  createAnnouncement,
  deleteAnnouncement,
  getAnnouncement,
  listAnnouncements,
  updateAnnouncement,
} from './change-announcement.ts'
export {
  findTerms,
  publishTerms,
  readTermsDraft,
  saveTermsDraft,
  type TermsDraft,
} from './change-terms.ts'
export { reportYear } from './campaign.ts'
export { activeUsers, countInteraction, readActivity, recordVisit } from './activity.ts'
export { type FindServers, findPeers, readCounts, readPeers, searchPeers } from './counts.ts'
export { type DonationCampaign, readDonationCampaign } from './donation-campaign.ts'
export { readCustomEmojis } from './custom-emojis.ts'
export { hasTerms, readExtendedDescription, readPrivacyPolicy, readTerms } from './documents.ts'
export { readDomainBlocks } from './domain-blocks.ts'
export { languageName, readLanguages } from './languages.ts'
export { CONFIGURATION_LIMITS } from './limits.ts'
export { readOwner } from './owner.ts'
export { publishAnnouncement, turnAnnouncements, unpublishAnnouncement } from './publish-announcement.ts'
export {
  dismissAnnouncement,
  publishReaction,
  reactToAnnouncement,
  withdrawReaction,
} from './react-to-announcement.ts'
export { readAnnouncements, renderAnnouncements } from './read-announcements.ts'
export { readInstance, readV1Instance } from './read-instance.ts'
export { readRules } from './rules.ts'

import type { Route } from '../http/route.ts'
import { docs } from './docs.ts'
import { openApi } from './openapi.ts'
import { oembed } from './oembed.ts'
import { createAccount } from './v1/accounts/create.ts'
import { accountRoutes } from './v1/accounts/index.ts'
import { announcements } from './v1/announcements.ts'
import { dismiss as dismissAnnouncement } from './v1/announcements/dismiss.ts'
import { addReaction, removeReaction } from './v1/announcements/reactions.ts'
import { adminAccountRoutes } from './v1/admin/accounts/index.ts'
import { adminCanonicalEmailBlockRoutes } from './v1/admin/canonical_email_blocks.ts'
import { adminDimensions } from './v1/admin/dimensions.ts'
import { adminDomainAllowRoutes } from './v1/admin/domain_allows.ts'
import { adminDomainBlockRoutes } from './v1/admin/domain_blocks.ts'
import { adminEmailDomainBlockRoutes } from './v1/admin/email_domain_blocks.ts'
import { adminIpBlockRoutes } from './v1/admin/ip_blocks.ts'
import { adminMeasures } from './v1/admin/measures.ts'
import { adminRetention } from './v1/admin/retention.ts'
import { adminReportRoutes } from './v1/admin/reports/index.ts'
import { adminTagRoutes } from './v1/admin/tags.ts'
import { adminTrendsRoutes } from './v1/admin/trends/index.ts'
import { annualReports, showAnnualReport } from './v1/annual_reports.ts'
import { generateAnnualReport } from './v1/annual_reports/generate.ts'
import { readAnnualReport } from './v1/annual_reports/read.ts'
import { annualReportState } from './v1/annual_reports/state.ts'
import { createApp } from './v1/apps.ts'
import { verifyApp } from './v1/apps/verify_credentials.ts'
import { blocks } from './v1/blocks.ts'
import { bookmarks } from './v1/bookmarks.ts'
import { collectionRoutes } from './v1/collections/index.ts'
import { conversations, deleteConversation } from './v1/conversations.ts'
import { readConversation } from './v1/conversations/read.ts'
import { unreadConversation } from './v1/conversations/unread.ts'
import { customEmojis } from './v1/custom_emojis.ts'
import { directory } from './v1/directory.ts'
import { createDomainBlock, deleteDomainBlock, domainBlocks } from './v1/domain_blocks.ts'
import { previewBlock } from './v1/domain_blocks/preview.ts'
import { donationCampaigns } from './v1/donation_campaigns.ts'
import { checkConfirmation } from './v1/emails/check_confirmation.ts'
import { resendConfirmationMail } from './v1/emails/confirmations.ts'
import { ownEndorsements } from './v1/endorsements.ts'
import { favourites } from './v1/favourites.ts'
import { featuredTagRoutes } from './v1/featured_tags.ts'
import { v1FilterRoutes } from './v1/filters.ts'
import { followRequests } from './v1/follow_requests.ts'
import { authorize as authorizeFollowRequest } from './v1/follow_requests/authorize.ts'
import { reject as rejectFollowRequest } from './v1/follow_requests/reject.ts'
import { followedTags } from './v1/followed_tags.ts'
import { instanceV1 } from './v1/instance.ts'
import { instanceRoutes } from './v1/instance/index.ts'
import { listRoutes } from './v1/lists.ts'
import { markers, saveMarkers } from './v1/markers.ts'
import { createMediaV1, deleteMedia, showMedia, updateMedia } from './v1/media.ts'
import { mutes } from './v1/mutes.ts'
import { notificationRoutes } from './v1/notifications/index.ts'
import { searchServers } from './v1/peers/search.ts'
import { addPleromaReaction, removePleromaReaction } from './v1/pleroma/statuses/reactions.ts'
import { showPoll } from './v1/polls.ts'
import { voteInPoll } from './v1/polls/votes.ts'
import { preferences } from './v1/preferences.ts'
import { profile, updateOwnProfile } from './v1/profile.ts'
import { deleteAvatar } from './v1/profile/avatar.ts'
import { deleteHeader } from './v1/profile/header.ts'
import { pushSubscriptionRoutes } from './v1/push/subscription.ts'
import { createReport } from './v1/reports.ts'
import {
  deleteScheduledStatus,
  scheduledStatuses,
  showScheduledStatus,
  updateScheduledStatus,
} from './v1/scheduled_statuses.ts'
import { createStatus, deleteStatus, showStatus, statuses, updateStatus } from './v1/statuses.ts'
import { bookmark as bookmarkStatus } from './v1/statuses/bookmark.ts'
import { context as statusContext } from './v1/statuses/context.ts'
import { favourite as favouriteStatus } from './v1/statuses/favourite.ts'
import { favouritedBy } from './v1/statuses/favourited_by.ts'
import { history as statusHistory } from './v1/statuses/history.ts'
import { interactionPolicy } from './v1/statuses/interaction_policy.ts'
import { mute as muteStatus } from './v1/statuses/mute.ts'
import { pin as pinStatus } from './v1/statuses/pin.ts'
import { quotes as statusQuotes } from './v1/statuses/quotes.ts'
import { revokeQuoteRoute } from './v1/statuses/quotes/revoke.ts'
import { react as reactToStatus } from './v1/statuses/react.ts'
import { reblog as reblogStatus } from './v1/statuses/reblog.ts'
import { rebloggedBy } from './v1/statuses/reblogged_by.ts'
import { source as statusSource } from './v1/statuses/source.ts'
import { translate as translateStatus } from './v1/statuses/translate.ts'
import { unbookmark as unbookmarkStatus } from './v1/statuses/unbookmark.ts'
import { unfavourite as unfavouriteStatus } from './v1/statuses/unfavourite.ts'
import { unmute as unmuteStatus } from './v1/statuses/unmute.ts'
import { unpin as unpinStatus } from './v1/statuses/unpin.ts'
import { unreact as unreactToStatus } from './v1/statuses/unreact.ts'
import { unreblog as unreblogStatus } from './v1/statuses/unreblog.ts'
import { streaming } from './v1/streaming.ts'
import { removeSuggestion, suggestionsV1 } from './v1/suggestions.ts'
import { showTag } from './v1/tags.ts'
import { featureTag } from './v1/tags/feature.ts'
import { followTag } from './v1/tags/follow.ts'
import { unfeatureTag } from './v1/tags/unfeature.ts'
import { unfollowTag } from './v1/tags/unfollow.ts'
import { homeTimeline } from './v1/timelines/home.ts'
import { linkTimeline } from './v1/timelines/link.ts'
import { listTimeline } from './v1/timelines/list.ts'
import { publicTimeline } from './v1/timelines/public.ts'
import { tagTimeline } from './v1/timelines/tag.ts'
import { trendsRoutes } from './v1/trends/index.ts'
import { showAsyncRefresh } from './v1_alpha/async_refreshes.ts'
import { alphaCollectionRoutes } from './v1_alpha/collections.ts'
import { adminAccountsV2 } from './v2/admin/accounts.ts'
import { filterRoutes } from './v2/filters/index.ts'
import { instance } from './v2/instance.ts'
import { createMedia } from './v2/media.ts'
import { groupedNotificationRoutes } from './v2/notifications/index.ts'
import { searchAll } from './v2/search.ts'
import { suggestionsV2 } from './v2/suggestions.ts'
import { embed } from './web/embeds.ts'
import { webPushSubscriptionRoutes } from './web/push_subscriptions.ts'
import { saveClientSettings } from './web/settings.ts'

/** Every route of the REST API, alphabetical by path. Each file is named by the path it serves. */
export const apiRoutes: readonly Route[] = [
  docs,
  openApi,
  oembed,
  createAccount,
  ...accountRoutes,
  ...adminAccountRoutes,
  ...adminCanonicalEmailBlockRoutes,
  adminDimensions,
  ...adminDomainAllowRoutes,
  ...adminDomainBlockRoutes,
  ...adminEmailDomainBlockRoutes,
  ...adminIpBlockRoutes,
  adminMeasures,
  adminRetention,
  ...adminReportRoutes,
  ...adminTagRoutes,
  ...adminTrendsRoutes,
  announcements,
  dismissAnnouncement,
  addReaction,
  removeReaction,
  annualReports,
  showAnnualReport,
  generateAnnualReport,
  readAnnualReport,
  annualReportState,
  createApp,
  verifyApp,
  blocks,
  bookmarks,
  ...collectionRoutes,
  conversations,
  deleteConversation,
  readConversation,
  unreadConversation,
  customEmojis,
  directory,
  createDomainBlock,
  deleteDomainBlock,
  domainBlocks,
  previewBlock,
  donationCampaigns,
  checkConfirmation,
  resendConfirmationMail,
  ownEndorsements,
  favourites,
  ...featuredTagRoutes,
  ...v1FilterRoutes,
  followRequests,
  authorizeFollowRequest,
  rejectFollowRequest,
  followedTags,
  instanceV1,
  ...instanceRoutes,
  ...listRoutes,
  markers,
  saveMarkers,
  createMediaV1,
  deleteMedia,
  showMedia,
  updateMedia,
  mutes,
  ...notificationRoutes,
  searchServers,
  addPleromaReaction,
  removePleromaReaction,
  showPoll,
  voteInPoll,
  preferences,
  profile,
  updateOwnProfile,
  deleteAvatar,
  deleteHeader,
  ...pushSubscriptionRoutes,
  createReport,
  deleteScheduledStatus,
  scheduledStatuses,
  showScheduledStatus,
  updateScheduledStatus,
  createStatus,
  deleteStatus,
  showStatus,
  statuses,
  updateStatus,
  bookmarkStatus,
  statusContext,
  favouriteStatus,
  favouritedBy,
  statusHistory,
  interactionPolicy,
  muteStatus,
  pinStatus,
  statusQuotes,
  revokeQuoteRoute,
  reactToStatus,
  reblogStatus,
  rebloggedBy,
  statusSource,
  translateStatus,
  unbookmarkStatus,
  unfavouriteStatus,
  unmuteStatus,
  unpinStatus,
  unreactToStatus,
  unreblogStatus,
  streaming,
  suggestionsV1,
  removeSuggestion,
  showTag,
  featureTag,
  followTag,
  unfeatureTag,
  unfollowTag,
  homeTimeline,
  linkTimeline,
  listTimeline,
  publicTimeline,
  tagTimeline,
  ...trendsRoutes,
  showAsyncRefresh,
  ...alphaCollectionRoutes,
  adminAccountsV2,
  ...filterRoutes,
  instance,
  createMedia,
  ...groupedNotificationRoutes,
  searchAll,
  suggestionsV2,
  embed,
  ...webPushSubscriptionRoutes,
  saveClientSettings,
]

export { type AsyncRefresh, homeRefreshHeader, readAsyncRefresh } from './async-refresh.ts'
export { buildFeed, rebuildFeed } from './build-feed.ts'
export { clearFromFeed } from './clear-from-feed.ts'
export { addListMembers, listMembers, removeListMembers } from './change-list-members.ts'
export { createList, deleteList, editList, getList, type ListChange, listLists } from './change-list.ts'
export { dropAllFeeds, dropInactiveFeeds } from './drop-inactive-feeds.ts'
export { type FeedFamily, feedAccess, isOpenTo } from './feed-access.ts'
export { buildListFeed, readList } from './list-feeds.ts'
export { moveMarkers, readMarkers } from './markers.ts'
export { mergeFeed, unmergeFeed } from './merge-feed.ts'
export { publishDelete, publishToStreams } from './publish-to-streams.ts'
export { type FanOut, pushToFeeds } from './push-to-feeds.ts'
export { type AccountStatusesFilters, readAccountStatuses } from './read-account-statuses.ts'
export { type HomePage, readHome } from './read-home.ts'
export { readLink } from './read-link.ts'
export { type PublicFilters, readPublic } from './read-public.ts'
export { readTag, type TagFilters } from './read-tag.ts'
export { removeFromFeeds } from './remove-from-feeds.ts'
export {
  filtersOfStreamed,
  loadStreamSets,
  ownsList,
  type StreamSets,
  wantsStreamed,
} from './stream-sets.ts'

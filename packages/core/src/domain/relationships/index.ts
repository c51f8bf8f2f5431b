export { recallAcceptance } from './recall-acceptance.ts'
export { refollow } from './refollow.ts'
export { acceptMove, type MoveOutcome } from './accept-move.ts'
export { afterBlock } from './after-block.ts'
export { afterDomainBlock } from './after-domain-block.ts'
export { addAlias, listAliases, removeAlias } from './aliases.ts'
export { acceptFollowRequests, authorizeFollow } from './authorize-follow.ts'
export { blockAccount, unblockAccount } from './block-account.ts'
export { blockDomain, unblockDomain } from './block-domain.ts'
export { denyFollow } from './deny-follow.ts'
export { type FollowOptions, type FollowOutcome, followAccount, followOrChange } from './follow-account.ts'
export { expireMute, muteAccount, unmuteAccount } from './mute-account.ts'
export {
  cancelRedirect,
  cooldownEnd,
  listMigrations,
  moveAccount,
  redirectAccount,
  replayMove,
} from './move-account.ts'
export { moveTies } from './move-ties.ts'
export * from './reads.ts'
export { rejectFollow, rejectFollowRequest, removeFollower } from './reject-follow.ts'
export { type SuspendedServer, severServer } from './sever-server.ts'
export { newActivityUri } from './tell.ts'
export { unfollowAccount } from './unfollow-account.ts'

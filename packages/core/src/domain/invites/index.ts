export {
  findInvite,
  type Invitation,
  inviterToFollow,
  isGood,
  mayInvite,
  takeInvite,
} from './find-invite.ts'
export { INVITE_LIFETIMES, INVITE_USES, MAX_INVITE_COMMENT } from './limits.ts'
export { createInvite, expireInvite, type InviteValues, listInvites } from './manage-invites.ts'

import { NOTIFICATION_TYPES, type NotificationType } from '../../entities/types/index.ts'

export const GROUPABLE_TYPES: readonly string[] = ['favourite', 'reblog', 'follow', 'admin.sign_up']

const FILTERABLE: readonly string[] = [
  'mention',
  'reblog',
  'follow',
  'follow_request',
  'favourite',
  'quote',
  'added_to_collection',
]

/** What an account is told about itself. */
const ABOUT_ONESELF: readonly string[] = [
  'poll',
  'severed_relationships',
  'moderation_warning',
  'annual_report',
]

/** A newer one takes the place of the older, so that it comes up again. */
const REPLACING: readonly string[] = ['update', 'quoted_update']

/** Filtered ones of these ask for attention by a notification request. */
const REQUESTING: readonly string[] = ['mention', 'quote']

/** What is told by mail too, to those who want it. */
export const MAILED_TYPES = ['follow', 'follow_request', 'favourite', 'reblog', 'mention', 'quote'] as const

export type MailedType = (typeof MAILED_TYPES)[number]

export const isNotificationType = (type: string): type is NotificationType =>
  (NOTIFICATION_TYPES as readonly string[]).includes(type)
export const isGroupable = (type: string) => GROUPABLE_TYPES.includes(type)
/** Whether the policy of the recipient applies. */
export const isFilterable = (type: string) => FILTERABLE.includes(type)
export const mayComeFromOneself = (type: string) => ABOUT_ONESELF.includes(type)
export const replacesOlder = (type: string) => REPLACING.includes(type)
export const makesRequest = (type: string) => REQUESTING.includes(type)
/** The type, where such notifications are told by mail; else undefined. */
export const mailedType = (type: string) => MAILED_TYPES.find((mailed) => mailed === type)

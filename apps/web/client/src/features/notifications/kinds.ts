import type { NotificationType } from '@anancus/core/entities/types'
import {
  AtSign,
  Bell,
  CalendarHeart,
  ChartBar,
  Flag,
  type LucideIcon,
  PencilLine,
  Quote,
  Repeat2,
  ShieldAlert,
  SquareStack,
  Star,
  Unlink,
  UserRoundCheck,
  UserRoundPlus,
} from 'lucide-react'
import type { MessageId } from '../../i18n/text.tsx'

interface Kind {
  icon: LucideIcon
  words: MessageId
  tone?: 'favourite' | 'reblog' | 'accent'
}

const KINDS: Partial<Record<NotificationType, Kind>> = {
  mention: { icon: AtSign, words: 'notification.mention', tone: 'accent' },
  status: { icon: Bell, words: 'notification.status', tone: 'accent' },
  reblog: { icon: Repeat2, words: 'notification.reblog', tone: 'reblog' },
  follow: { icon: UserRoundPlus, words: 'notification.follow', tone: 'accent' },
  follow_request: { icon: UserRoundCheck, words: 'notification.follow_request', tone: 'accent' },
  favourite: { icon: Star, words: 'notification.favourite', tone: 'favourite' },
  poll: { icon: ChartBar, words: 'notification.poll' },
  update: { icon: PencilLine, words: 'notification.update' },
  quote: { icon: Quote, words: 'notification.quote', tone: 'accent' },
  quoted_update: { icon: PencilLine, words: 'notification.update' },
  added_to_collection: { icon: SquareStack, words: 'notification.added_to_collection', tone: 'accent' },
  collection_update: { icon: SquareStack, words: 'notification.collection_update' },
  severed_relationships: { icon: Unlink, words: 'notification.severed' },
  moderation_warning: { icon: ShieldAlert, words: 'notification.warning' },
  annual_report: { icon: CalendarHeart, words: 'notification.annual_report' },
  'admin.sign_up': { icon: UserRoundPlus, words: 'notification.sign_up' },
  'admin.report': { icon: Flag, words: 'notification.report' },
}

/** A kind that came after this client was written still gets a line. */
export function kindOf(type: NotificationType): Kind {
  return KINDS[type] ?? { icon: Bell, words: 'notification.other' }
}

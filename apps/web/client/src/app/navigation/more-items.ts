import {
  Ban,
  Info,
  Keyboard,
  LogOut,
  Palette,
  ShieldCheck,
  SquareStack,
  UserRoundCheck,
  UserRoundPlus,
  VolumeX,
} from 'lucide-react'
import type { MenuItem } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import { useAccount } from '../../state/entities.ts'
import { openOverlay } from '../../state/overlays.ts'
import { myId } from '../../state/session.ts'
import { signOut } from '../../state/sign-out.ts'

/** What the navigation has besides its main entries. */
export function useMoreItems(): () => MenuItem[] {
  const say = useText()
  const me = useAccount(myId ?? undefined)
  return () => [
    ...(me
      ? [
          {
            label: say('collections.title'),
            icon: SquareStack,
            onSelect: () => goTo(`/@${me.acct}/collections`),
          },
        ]
      : []),
    { label: say('nav.follow_requests'), icon: UserRoundCheck, onSelect: () => goTo('/follow_requests') },
    { label: say('nav.mutes'), icon: VolumeX, onSelect: () => goTo('/mutes') },
    { label: say('nav.blocks'), icon: Ban, onSelect: () => goTo('/blocks') },
    'line',
    { label: say('nav.appearance'), icon: Palette, onSelect: () => openOverlay({ type: 'settings' }) },
    { label: say('nav.account'), icon: ShieldCheck, href: '/auth/edit' },
    { label: say('nav.invites'), icon: UserRoundPlus, href: '/invites' },
    { label: say('nav.shortcuts'), icon: Keyboard, onSelect: () => openOverlay({ type: 'shortcuts' }) },
    { label: say('nav.about'), icon: Info, onSelect: () => goTo('/about') },
    'line',
    { label: say('nav.sign_out'), icon: LogOut, onSelect: signOut },
  ]
}

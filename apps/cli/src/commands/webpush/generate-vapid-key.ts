import { generateVapidKeys } from '@anancus/core/kernel/secrets'
import type { Command } from '../../command.ts'

export const generateVapidKey: Command = {
  name: 'webpush generate-vapid-key',
  summary: 'Make a key pair for Web Push and print it, for the file of settings.',
  run: async ({ out }) => {
    const { VAPID_PRIVATE_KEY, VAPID_PUBLIC_KEY } = generateVapidKeys()
    out.say(`VAPID_PRIVATE_KEY=${VAPID_PRIVATE_KEY}`)
    out.say(`VAPID_PUBLIC_KEY=${VAPID_PUBLIC_KEY}`)
  },
}

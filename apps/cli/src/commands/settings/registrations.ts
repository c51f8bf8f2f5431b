import { saveSettings } from '@anancus/core/domain/settings'
import type { Command } from '../../command.ts'

/** Who may sign up, by tootctl's words. */
export const registrationsOpen: Command = {
  name: 'settings registrations open',
  summary: 'Let everybody sign up.',
  run: async ({ out, context }) => {
    await saveSettings(await context(), { registrations_mode: 'open' })
    out.say('OK', 'green')
  },
}

export const registrationsApproved: Command = {
  name: 'settings registrations approved',
  summary: 'Let everybody ask to sign up; staff decides.',
  options: [{ flags: '--require-reason', description: 'ask for a reason' }],
  run: async ({ out, context }, _args, options) => {
    await saveSettings(await context(), {
      registrations_mode: 'approved',
      require_invite_text: options.requireReason === true,
    })
    out.say('OK', 'green')
  },
}

export const registrationsClose: Command = {
  name: 'settings registrations close',
  summary: 'Let nobody sign up.',
  run: async ({ out, context }) => {
    await saveSettings(await context(), { registrations_mode: 'none' })
    out.say('OK', 'green')
  },
}

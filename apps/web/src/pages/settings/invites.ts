import {
  createInvite,
  expireInvite,
  INVITE_LIFETIMES,
  INVITE_USES,
  isGood,
  listInvites,
  MAX_INVITE_COMMENT,
} from '@anancus/core/domain/invites'
import { NotFoundError, ValidationError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { type Html, html } from '@anancus/core/kernel/text/html'
import type { InviteRow } from '@anancus/db'
import { isHash } from '../../http/param-tree.ts'
import { scalarAt } from '../../http/params.ts'
import type { SignedIn } from '../../http/session.ts'
import { checkbox, errorSummary, field, form, select, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { forFunctional } from '../require-signed-in.ts'

type OwnCall = PageCall & { signedIn: SignedIn }

const LIFETIME_WORDS: Record<number, string> = {
  1800: '30 minutes',
  3600: '1 hour',
  21_600: '6 hours',
  43_200: '12 hours',
  86_400: '1 day',
  604_800: '1 week',
}

/** The invitations of the one who looks, and a form for a new one. */
export const invitesPage = forFunctional((call) => showPage(call, null))

export const submitInvite = forFunctional(async (call) => {
  try {
    await createInvite(call.ctx, call.signedIn.viewer, {
      maxUses: numberOrNull(inviteField(call, 'max_uses')),
      expiresInSeconds: numberOrNull(inviteField(call, 'expires_in')),
      autofollow: inviteField(call, 'autofollow') === '1',
      comment: inviteField(call, 'comment').trim(),
    })
    goTo(call, '/invites', 'The invitation is ready: give its link to whom you like.')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showPage(call, error)
  }
})

export const deleteInvite = forFunctional(async (call) => {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError()
  await expireInvite(call.ctx, call.signedIn.viewer, id)
  goTo(call, '/invites', 'The invitation is no longer good.')
})

async function showPage(call: OwnCall, problem: ValidationError | null): Promise<void> {
  const invites = await listInvites(call.ctx, call.signedIn.viewer)
  await show(call, {
    title: 'Invite people',
    status: problem === null ? 200 : 422,
    width: 'wide',
    body: html`<div class="card"><h1>Invite people</h1>
<p class="muted">Make a link and share it: whoever has it can sign up here.</p>
${errorSummary(problem)}
${form(
  call,
  { action: '/invites' },
  select({
    name: 'invite[max_uses]',
    label: 'How often it can be used',
    options: [
      ['', 'Without limit'],
      ...INVITE_USES.map((count): [string, string] => [
        String(count),
        count === 1 ? 'Once' : `${count} times`,
      ]),
    ],
    value: inviteField(call, 'max_uses'),
  }),
  select({
    name: 'invite[expires_in]',
    label: 'How long it is good',
    options: [
      ...INVITE_LIFETIMES.map((seconds): [string, string] => [
        String(seconds),
        LIFETIME_WORDS[seconds] ?? '',
      ]),
      ['', 'For ever'],
    ],
    value: inviteField(call, 'expires_in') || '86400',
  }),
  field({
    name: 'invite[comment]',
    label: 'Note',
    value: inviteField(call, 'comment'),
    hint: 'For yourself and the moderators.',
    maxlength: MAX_INVITE_COMMENT,
  }),
  checkbox({
    name: 'invite[autofollow]',
    label: 'Newcomers follow me',
    checked: inviteField(call, 'autofollow') === '1',
  }),
  submit('Make a link'),
)}</div>
${invites.length > 0 && inviteList(call, invites)}`,
  })
}

function inviteList(call: OwnCall, invites: readonly InviteRow[]): Html {
  const now = call.ctx.clock.now()
  return html`<div class="card"><h2>Your invitations</h2>
<ul class="rows">${invites.map((invite) => inviteRow(call, invite, isGood(invite, now)))}</ul></div>`
}

function inviteRow(call: OwnCall, invite: InviteRow, isUsable: boolean): Html {
  const url = `${call.ctx.config.baseUrl}/invite/${invite.code}`
  return html`<li><span>${isUsable ? html`<a href="${url}">${url}</a>` : html`<s>${url}</s>`}
<small>Used ${invite.uses} of ${invite.max_uses ?? 'any number of'} times · ${validity(invite.expires_at)}${
    invite.autofollow && ' · newcomers follow you'
  }</small>${invite.comment && html`<small>${invite.comment}</small>`}</span>${
    isUsable &&
    form(
      call,
      { action: `/invites/${invite.id}`, method: 'delete', inline: true },
      submit('Deactivate', 'secondary'),
    )
  }</li>`
}

function validity(until: Date | null): Html {
  if (!until) return html`good for ever`
  const text = until.toISOString()
  return html`good until <time datetime="${text}">${text.slice(0, 16).replace('T', ' ')} UTC</time>`
}

function inviteField(call: Pick<PageCall, 'tree'>, name: string): string {
  const { invite } = call.tree
  return isHash(invite) ? (scalarAt(invite, name) ?? '') : ''
}

function numberOrNull(text: string): number | null {
  return text === '' ? null : Number(text)
}

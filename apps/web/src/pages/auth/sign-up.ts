import { randomBytes } from 'node:crypto'
import { hasTerms, readRules } from '@anancus/core/domain/instance'
import { getSetting } from '@anancus/core/domain/settings'
import {
  findUser,
  MAX_REASON,
  MAX_USERNAME,
  MIN_PASSWORD,
  type OpenRegistration,
  openRegistration,
  registerUser,
} from '@anancus/core/domain/users'
import type { Rule } from '@anancus/core/entities/types'
import { ForbiddenError, type ValidationDetails, ValidationError } from '@anancus/core/kernel/errors'
import { type Html, html } from '@anancus/core/kernel/text/html'
import { fullAcct } from '@anancus/core/kernel/uris'
import { addressOf } from '../../http/address.ts'
import { countForm } from '../../http/form-limits.ts'
import { checkbox, errorSummary, field, form, submit } from '../form.ts'
import { goTo, type PageCall, show } from '../page.ts'
import { signIn } from './session-cookie.ts'
import { userField } from './user-field.ts'

/** People need longer to fill the form in. */
const MIN_FILL_MS = 3_000
const TOO_FAST = 'That was faster than anybody can read. Look at it once more, and send it again.'
/** Fields people do not see; their names are what programs like to fill. */
const HONEYPOTS = ['website', 'confirm_password'] as const

declare module 'express-session' {
  interface SessionData {
    /** Proves that the rules were shown and accepted. */
    rulesToken?: string
    signUpShownAt?: number
  }
}

/** The rules first, when there are any; then the form. */
export async function signUpPage(call: PageCall): Promise<void> {
  if (call.signedIn) return goTo(call, '/')
  const open = await openRegistration(call.ctx, addressOf(call.req), inviteCodeOf(call))
  if (!open) return goTo(call, '/auth/sign_in', await closedMessage(call))
  const rules = await readRules(call.ctx)
  const { session } = call.req
  if (rules.length > 0 && (!session.rulesToken || call.text('accept') !== session.rulesToken))
    return showRules(call, rules, open)
  session.signUpShownAt = call.ctx.clock.now().getTime()
  await showForm(call, open, null)
}

export async function submitSignUp(call: PageCall): Promise<void> {
  if (call.signedIn) return goTo(call, '/')
  await countForm(call.ctx, call.req, 'sign_up')
  const open = await openRegistration(call.ctx, addressOf(call.req), inviteCodeOf(call))
  if (!open) return goTo(call, '/auth/sign_in', await closedMessage(call))
  try {
    refusePrograms(call)
    if (isTooFast(call)) return await showForm(call, open, TOO_FAST)
    const { user } = await registerUser(call.ctx, inputOf(call), { ip: addressOf(call.req) })
    const viewer = await findUser(call.ctx, user.id)
    if (viewer) await signIn(call, viewer)
    goTo(call, '/auth/setup')
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    await showForm(call, open, error)
  }
}

/** @throws ForbiddenError a hidden field was filled in */
function refusePrograms(call: PageCall): void {
  if (HONEYPOTS.some((name) => userField(call, name) !== ''))
    throw new ForbiddenError('This form was filled in as only a program does.')
}

function isTooFast(call: PageCall): boolean {
  const shownAt = call.req.session.signUpShownAt
  return shownAt === undefined || call.ctx.clock.now().getTime() - shownAt < MIN_FILL_MS
}

function inputOf(call: PageCall) {
  return {
    username: userField(call, 'username').trim(),
    email: userField(call, 'email').trim(),
    password: userField(call, 'password'),
    agreement: userField(call, 'agreement') === '1',
    reason: userField(call, 'reason'),
    dateOfBirth: userField(call, 'date_of_birth'),
    inviteCode: inviteCodeOf(call),
    locale: 'en',
    timeZone: userField(call, 'time_zone'),
  }
}

/** The code of an invitation, from its own address, the link of the rules, or the form. */
function inviteCodeOf(call: PageCall): string {
  const { code } = call.req.params
  return (typeof code === 'string' ? code : '') || call.text('invite_code') || userField(call, 'invite_code')
}

async function closedMessage(call: PageCall): Promise<string> {
  const contact = await getSetting(call.ctx, 'site_contact_email')
  return `Nobody can sign up here at the moment.${contact === '' ? '' : ` Questions: ${contact}`}`
}

async function showRules(
  call: PageCall,
  rules: readonly Rule[],
  { invitation }: OpenRegistration,
): Promise<void> {
  const token = (call.req.session.rulesToken ??= randomBytes(16).toString('base64url'))
  const query = new URLSearchParams({
    accept: token,
    ...(invitation && { invite_code: invitation.invite.code }),
  })
  await show(call, {
    title: 'Rules',
    body: html`<div class="card"><h1>Some ground rules</h1>
${invitedBy(call, invitation)}
<p class="muted">The people who run ${call.ctx.config.localDomain} set them and see to it that they are kept.</p>
<ol class="rules">${rules.map((rule) => html`<li>${rule.text}${rule.hint && html`<small>${rule.hint}</small>`}</li>`)}</ol>
<div class="actions"><a class="button" href="/auth/sign_up?${query.toString()}">Accept</a>
<a class="button secondary" href="/auth/sign_in">Back</a></div></div>`,
  })
}

async function showForm(
  call: PageCall,
  { mode, invitation }: OpenRegistration,
  error: ValidationError | string | null,
): Promise<void> {
  const details: ValidationDetails = error instanceof ValidationError ? (error.details ?? {}) : {}
  const [minAge, wantsReason, termsExist] = await Promise.all([
    getSetting(call.ctx, 'min_age'),
    getSetting(call.ctx, 'require_invite_text'),
    hasTerms(call.ctx),
  ])
  await show(call, {
    title: 'Create an account',
    status: error ? 422 : 200,
    body: html`<div class="card"><h1>Create an account</h1>
${invitedBy(call, invitation)}
<p class="muted">${
      mode === 'approved'
        ? 'You can follow people on any server of the fediverse. A moderator looks at every request first.'
        : 'You can follow people on any server of the fediverse.'
    }</p>
${errorSummary(error instanceof ValidationError ? 'Something is not right yet. Look at the fields below.' : error)}
${form(
  call,
  { action: '/auth' },
  credentials(call, details),
  minAge !== null &&
    field({
      name: 'user[date_of_birth]',
      label: 'Date of birth',
      type: 'date',
      value: userField(call, 'date_of_birth'),
      hint: `You must be at least ${minAge} years old. The date is checked and not kept.`,
      required: true,
      errors: details.date_of_birth,
    }),
  mode === 'approved' &&
    !invitation &&
    field({
      name: 'user[reason]',
      label: 'Why do you want to join?',
      value: userField(call, 'reason'),
      hint: 'It helps the moderators to decide.',
      required: wantsReason,
      maxlength: MAX_REASON,
      multiline: true,
      errors: details.reason,
    }),
  checkbox({
    name: 'user[agreement]',
    label: html`I have read the ${
      termsExist && html`<a href="/terms-of-service" target="_blank">terms of service</a>, the `
    }<a href="/privacy-policy" target="_blank">privacy policy</a> and the rules, and agree to them`,
    checked: userField(call, 'agreement') === '1',
    errors: details.agreement,
  }),
  honeypots(),
  invitation && html`<input type="hidden" name="user[invite_code]" value="${invitation.invite.code}">`,
  submit(mode === 'approved' ? 'Ask for an account' : 'Create account'),
)}
<ul class="links"><li><a href="/auth/sign_in">I have an account</a></li></ul></div>`,
  })
}

function invitedBy(call: PageCall, invitation: OpenRegistration['invitation']): Html | null {
  if (!invitation) return null
  const { owner, invite } = invitation
  return html`<p class="notice">@${fullAcct(call.ctx.config, owner.account)} invites you.${
    invite.autofollow && ' Your new account follows theirs from the start.'
  }</p>`
}

function credentials(call: PageCall, details: ValidationDetails): Html {
  return html`${field({
    name: 'user[username]',
    label: 'Username',
    value: userField(call, 'username'),
    hint: 'Letters, digits and underscores. It cannot be changed later.',
    suffix: `@${call.ctx.config.localDomain}`,
    autocomplete: 'off',
    required: true,
    maxlength: MAX_USERNAME,
    errors: details.username,
  })}${field({
    name: 'user[email]',
    label: 'E-mail address',
    type: 'email',
    value: userField(call, 'email'),
    hint: 'You get a mail to confirm it.',
    autocomplete: 'email',
    required: true,
    errors: details.email,
  })}${field({
    name: 'user[password]',
    label: 'Password',
    type: 'password',
    hint: `At least ${MIN_PASSWORD} characters.`,
    autocomplete: 'new-password',
    required: true,
    errors: details.password,
  })}`
}

function honeypots(): Html {
  return html`<div class="honey" aria-hidden="true">${HONEYPOTS.map(
    (name) =>
      html`<input type="text" name="user[${name}]" tabindex="-1" autocomplete="off" aria-label="Leave this empty">`,
  )}</div>`
}

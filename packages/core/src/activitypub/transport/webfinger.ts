import { Parser } from 'htmlparser2'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { httpUri, isDocument, listOf, stringOf } from '../parse/values.ts'
import { AS } from '../vocabulary.ts'
import { parseDocument } from './json.ts'

const MAX_ANSWER_BYTES = 256 * 1024
const MAX_LINKS = 100
const NOT_FOUND = 404
const GONE = 410
const SELF_TYPES = new Set(['application/activity+json', `application/ld+json; profile="${AS}"`])

/** What a server says about a handle of its own. */
export interface WebFingerAnswer {
  /** `user@domain`, without `acct:`; whose handle this really is. */
  subject: string
  /** The actor behind it. */
  self: string
}

export interface WebFingerOptions {
  deadlineMs?: number | undefined
}

/**
 * Asks `domain` about the handle `username@domain`.
 *
 * @param domain normalised; with its port where it has one
 * @returns `gone` for 410; null when the server knows no such actor
 * @throws RemoteServerError no answer, or one that cannot be read
 * @see https://www.rfc-editor.org/rfc/rfc7033
 */
export async function webFinger(
  ctx: Ctx,
  username: string,
  domain: string,
  options: WebFingerOptions = {},
): Promise<WebFingerAnswer | 'gone' | null> {
  const resource = `acct:${username}@${domain}`
  const base = `${schemeOf(ctx, domain)}://${domain}`
  const first = `${base}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`
  const answer = await ask(ctx, first, domain, options)
  if (answer !== 'missing') return answer
  const template = await lrddTemplate(ctx, `${base}/.well-known/host-meta`, options)
  if (template === null) return null
  const second = await ask(ctx, template.replace('{uri}', encodeURIComponent(resource)), domain, options)
  return second === 'missing' ? null : second
}

/** Everybody speaks https, but for the hosts that development and tests name. */
function schemeOf(ctx: Ctx, domain: string): string {
  return ctx.config.env.ALLOWED_PRIVATE_HOSTS.includes(domain) ? 'http' : 'https'
}

async function ask(
  ctx: Ctx,
  url: string,
  domain: string,
  options: WebFingerOptions,
): Promise<WebFingerAnswer | 'gone' | 'missing' | null> {
  const response = await ctx.http.request({
    method: 'GET',
    url,
    headers: { accept: 'application/jrd+json, application/json' },
    maxBytes: MAX_ANSWER_BYTES,
    deadlineMs: options.deadlineMs,
  })
  if (response.status === GONE) return 'gone'
  if (response.status === NOT_FOUND) return 'missing'
  if (response.status !== 200)
    throw new RemoteServerError(domain, `WebFinger answered ${response.status}`, {
      status: response.status,
      retryable: response.status >= 500,
    })
  return parseAnswer(response.body)
}

function parseAnswer(body: Buffer): WebFingerAnswer | null {
  const document = parseDocument(body)
  const subject = stringOf(document?.subject)?.replace(/^acct:/i, '')
  if (!document || !subject || !/^[^@\s]+@[^@\s]+$/.test(subject)) return null
  for (const link of listOf(document.links, MAX_LINKS)) {
    if (!isDocument(link) || link.rel !== 'self' || !SELF_TYPES.has(String(link.type))) continue
    const self = httpUri(link.href)
    if (self !== null) return { subject, self }
  }
  return null
}

async function lrddTemplate(ctx: Ctx, url: string, options: WebFingerOptions): Promise<string | null> {
  const response = await ctx.http.request({
    method: 'GET',
    url,
    headers: { accept: 'application/xrd+xml, application/xml, text/xml' },
    maxBytes: MAX_ANSWER_BYTES,
    deadlineMs: options.deadlineMs,
  })
  return response.status === 200 ? parseHostMeta(response.body.toString('utf8')) : null
}

/** The WebFinger template of a host-meta document. Declarations (DOCTYPE, entities) make it worthless. */
export function parseHostMeta(xml: string): string | null {
  let template: string | null = null
  let isSuspect = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'Link' && attributes.rel === 'lrdd' && template === null)
          template = attributes.template ?? null
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) isSuspect = true
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  const found = template as string | null
  return !isSuspect && found?.includes('{uri}') && httpUri(found) !== null ? found : null
}

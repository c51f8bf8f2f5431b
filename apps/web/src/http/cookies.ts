import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '@anancus/core/kernel/config'
import type { Request, Response } from 'express'

const YEAR_SECONDS = 31_556_952

/** A key for one purpose, from the secret of the instance: signatures of one kind are worth nothing as another. */
export function keyFor(config: Config, purpose: string): Buffer {
  return createHmac('sha256', config.secretKeyBase).update(`anancus:${purpose}`).digest()
}

/** Over https the `__Host-` prefix keeps the cookie to this host and path. */
export function cookieName(config: Config, name: string): string {
  return isSecure(config) ? `__Host-${name}` : `_${name}`
}

export function isSecure(config: Config): boolean {
  return config.baseUrl.startsWith('https:')
}

/** Sets a signed cookie that scripts cannot read, for a year. */
export function setSignedCookie(config: Config, res: Response, name: string, value: string): void {
  res.cookie(cookieName(config, name), `${value}.${signature(config, name, value)}`, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
    path: '/',
    maxAge: YEAR_SECONDS * 1000,
    encode: String,
  })
}

export function clearCookie(config: Config, res: Response, name: string): void {
  res.clearCookie(cookieName(config, name), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
    path: '/',
  })
}

/** The value of a signed cookie, or null when it is missing or was not signed by us. */
export function readSignedCookie(config: Config, req: Request, name: string): string | null {
  const raw = readCookie(req, cookieName(config, name))
  const dot = raw?.lastIndexOf('.') ?? -1
  if (raw === null || dot < 1) return null
  const value = raw.slice(0, dot)
  const given = Buffer.from(raw.slice(dot + 1))
  const expected = Buffer.from(signature(config, name, value))
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : null
}

function signature(config: Config, name: string, value: string): string {
  return createHmac('sha256', keyFor(config, `cookie:${name}`))
    .update(value)
    .digest('base64url')
}

function readCookie(req: Request, name: string): string | null {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return null
}

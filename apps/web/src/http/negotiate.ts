import type { Request } from 'express'

/** Whether the asker is a program that reads JSON rather than a person: the answer to an error takes that form. */
export function wantsJson(req: Request): boolean {
  if (req.path.startsWith('/api/')) return true
  return req.accepts(['html', 'json']) === 'json'
}

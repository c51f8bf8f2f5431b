import { readFileSync, writeFileSync } from 'node:fs'

/**
 * A session of a client, to be replayed: what it sent and what it got, in order. Ids, times, secrets and addresses are
 * `{{placeholders}}`, the same one wherever the same value stood.
 */
export interface CaseFile {
  /** The library or app and its version. */
  client: string
  /** Usernames of those who are there before the first step. */
  people: string[]
  steps: Step[]
}

export type Step = CallStep | ConsentStep | OpenStep | SayStep | HearStep | HangUpStep

/** A request and its answer. */
export interface CallStep {
  call: string
  headers: Record<string, string>
  /** The body as text, or in base64 where it is none. */
  body?: string
  base64?: string
  status: number
  /** The headers of the answer that clients read. */
  gives: Record<string, string>
  answer: unknown
}

/** Somebody lets an app in, on the page of that: what is between `authorize` and the code. */
export interface ConsentStep {
  consent: string
  to: string
  code: string
}

/** Opens a WebSocket; the other steps of it say which by this number. */
export interface OpenStep {
  open: number
  url: string
  headers: Record<string, string>
}

export interface SayStep {
  say: number
  message: unknown
}

export interface HearStep {
  hear: number
  /** The payload is read where it is JSON. */
  frame: { stream: string[]; event: string; payload?: unknown }
}

export interface HangUpStep {
  hangUp: number
}

/** One line says who plays; each of the others is a step. */
export function writeCase(path: string, { steps, ...head }: CaseFile): void {
  writeFileSync(path, [head, ...steps].map((line) => `${JSON.stringify(line)}\n`).join(''))
}

export function readCase(path: string): CaseFile {
  const [head, ...steps] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { ...(head as Omit<CaseFile, 'steps'>), steps: steps as Step[] }
}

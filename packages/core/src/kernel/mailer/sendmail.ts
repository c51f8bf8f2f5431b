import { spawn } from 'node:child_process'
import type { Config } from '../config.ts'
import type { Mailer } from './mailer.ts'
import { renderMail, type Rendered } from './render.ts'

const PROGRAM = '/usr/sbin/sendmail'
const TIMEOUT_MS = 20_000
const LONGEST_COMPLAINT = 1000

/** Hands each mail to the mail program of this machine, which answers for it from then on. */
export function createSendmailMailer(config: Config, program = PROGRAM, timeoutMs = TIMEOUT_MS): Mailer {
  return {
    async send(mail) {
      await handOver(program, timeoutMs, await renderMail(config, mail))
    },
    async close() {},
  }
}

/** Addresses come after `--`, so that none is taken for an option. A line with only a dot ends no mail: `-i`. */
async function handOver(program: string, timeoutMs: number, { source, from, to }: Rendered): Promise<void> {
  if (to.length === 0) throw new Error(`${program} is given no address to send to`)
  const sender = from === '' ? [] : ['-f', from]
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, ['-i', ...sender, '--', ...to], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    // Not the option of spawn: its clock runs on where the program does not exist.
    const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < LONGEST_COMPLAINT) complaint += chunk.toString('utf8')
    })
    child.once('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
    // The program may end before it has read everything; its exit says whether that was well.
    child.stdin.once('error', () => {})
    child.once('close', (code, signal) => {
      clearTimeout(deadline)
      if (code === 0) return resolve()
      const end = signal ? `was ended after ${timeoutMs} ms` : `ended with ${code}`
      reject(new Error(`${program} ${end}: ${complaint.slice(0, LONGEST_COMPLAINT).trim()}`))
    })
    child.stdin.end(source)
  })
}

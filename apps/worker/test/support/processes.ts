import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('worker-child.ts', import.meta.url))

/** Starts a worker process of the tests; it takes jobs when the promise is fulfilled. */
export async function startChild(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD], {
    env: { ...environment, PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout) if (String(chunk).includes('ready')) break
  child.stdout.destroy()
  return child
}

/** Ends a process by a signal and waits for it; returns its exit code, or null after a signal. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  const [code] = (await exited) as [number | null]
  return code
}

/** Looks again until `look` finds something. */
export async function eventually<T>(look: () => Promise<T | false>, patienceMs: number): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== false) return found
    if (Date.now() > deadline) throw new Error(`It did not happen within ${patienceMs} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program on the PATH, or undefined. */
export function findProgram(name, path = process.env.PATH ?? '') {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs a program to its end; returns its status and both outputs as text. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20, ...options })
  return {
    status: result.status ?? 1,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    error: result.error,
  }
}

/** Runs a program to its end without holding this process up, so that progress can be shown meanwhile. */
export function runAsync(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const collect = (chunk) => {
      output = (output + chunk).slice(-200_000)
      options.onOutput?.(String(chunk))
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => resolve({ status: 1, output: output + error.message, error }))
    child.once('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

/**
 * `[program, args]` so that the process gets `signal` when the process that started it dies, however it dies; as they are
 * when it is to outlive it.
 */
export function tiedToParent(program, args, { signal, outlives = false }) {
  return !outlives && findProgram('setpriv')
    ? ['setpriv', ['--pdeathsig', signal, '--', program, ...args]]
    : [program, args]
}

/** Sends a signal and waits for the end; after `graceMs` the process is killed. */
export async function stop(child, signal = 'SIGTERM', graceMs = 15_000) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

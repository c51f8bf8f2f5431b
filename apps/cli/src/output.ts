import { styleText } from 'node:util'

type Colour = 'green' | 'yellow' | 'red'

/** tootctl's way of speaking: green for done, yellow for skipped, red for failed. */
export interface Output {
  say(line: string, colour?: Colour): void
  /** A fatal problem; goes to the error stream. */
  fail(line: string): void
  /** How far long work is, from 0 to 1. A terminal shows one moving line, anything else a line for each new step. */
  progress(step: string, part: number): void
}

const BAR_CELLS = 30

export function terminalOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  const paint = (stream: NodeJS.WriteStream, line: string, colour?: Colour) =>
    colour ? styleText(colour, line, { stream }) : line
  let shown = ''
  // A bar that stands is ended before anything else is said.
  const settle = () => {
    if (stdout.isTTY && shown !== '') stdout.write('\n')
    shown = ''
  }
  return {
    say: (line, colour) => {
      settle()
      stdout.write(`${paint(stdout, line, colour)}\n`)
    },
    fail: (line) => {
      settle()
      stderr.write(`${paint(stderr, line, 'red')}\n`)
    },
    progress: (step, part) => {
      const line = stdout.isTTY ? bar(step, part) : step
      if (line !== shown) stdout.write(stdout.isTTY ? `\r\u001b[2K${line}` : `${line}\n`)
      shown = line
    },
  }
}

function bar(step: string, part: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * BAR_CELLS)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${Math.round(part * 100)} % ${step}`
}

import { styleText } from 'node:util'

type Colour = 'green' | 'yellow' | 'red'

/** tootctl's way of speaking: green for done, yellow for skipped, red for failed. */
export interface Output {
  say(line: string, colour?: Colour): void
  /** A fatal problem; goes to the error stream. */
  fail(line: string): void
}

export function terminalOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  const paint = (stream: NodeJS.WriteStream, line: string, colour?: Colour) =>
    colour ? styleText(colour, line, { stream }) : line
  return {
    say: (line, colour) => stdout.write(`${paint(stdout, line, colour)}\n`),
    fail: (line) => stderr.write(`${paint(stderr, line, 'red')}\n`),
  }
}

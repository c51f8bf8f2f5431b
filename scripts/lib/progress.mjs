const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)

export const bold = (text) => paint(1, text)
export const dim = (text) => paint(2, text)
export const green = (text) => paint(32, text)
export const red = (text) => paint(31, text)

const HEARTBEAT_MS = 15_000

/**
 * Shows a line while `work` runs, and how long it took when it is done. In a terminal the seconds count; elsewhere a
 * sign of life is written every fifteen.
 */
export async function step(text, work) {
  const started = Date.now()
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`
  const isTty = process.stdout.isTTY
  process.stdout.write(isTty ? `  … ${text}` : `  ${text} …`)
  const timer = isTty
    ? setInterval(() => process.stdout.write(`\r  … ${text} ${dim(seconds())}`), 500)
    : setInterval(() => process.stdout.write(' .'), HEARTBEAT_MS)
  try {
    const result = await work()
    process.stdout.write(isTty ? `\r\u001b[K  ${green('✓')} ${text} ${dim(seconds())}\n` : ` ${seconds()}\n`)
    return result
  } catch (error) {
    process.stdout.write(isTty ? `\r\u001b[K  ${red('✗')} ${text}\n` : ' failed\n')
    throw error
  } finally {
    clearInterval(timer)
  }
}

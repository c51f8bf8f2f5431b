/** Green when something was done, yellow when nothing was, red when something failed. */
export function colourOf(done: number, failed: number): 'green' | 'yellow' | 'red' {
  if (failed > 0) return 'red'
  return done > 0 ? 'green' : 'yellow'
}

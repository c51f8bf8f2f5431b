/** Whether a path of the build context is left out, as `.dockerignore` says: the last pattern that matches decides. */
export function dockerIgnore(source: string): (path: string) => boolean {
  const patterns = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ isException: line.startsWith('!'), regex: toRegex(line.replace(/^!/, '')) }))
  return (path) =>
    patterns.reduce((out, { isException, regex }) => (regex.test(path) ? !isException : out), false)
}

/** A pattern also matches everything below what it matches. */
function toRegex(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\//g, '\u0000')
    .replace(/\*\*/g, '\u0001')
    .replace(/\*/g, '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?')
    .replaceAll('\u0001', '.*')
  return new RegExp(`^${source}(/|$)`)
}

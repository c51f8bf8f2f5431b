/** What stops a start and can be mended by whoever reads it: one sentence with the setting and the remedy, shown without a stack. */
export class Problem extends Error {
  name = 'Problem'
}

/**
 * Reads a MathML element down to the source it was made from: its TeX annotation between dollar signs, else its plain
 * text one, else nothing.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/dc88/fep-dc88.md
 */
export class MathReader {
  readonly #isBlock: boolean
  readonly #found = new Map<string, string>()
  #encoding: string | null = null
  #depth = 1

  constructor(attributes: ReadonlyMap<string, string>) {
    this.#isBlock = attributes.get('display') === 'block'
  }

  open(name: string, attributes: ReadonlyMap<string, string>, selfClosing: boolean): void {
    if (selfClosing) return
    if (name === 'math') this.#depth += 1
    if (name !== 'annotation') return
    const encoding = attributes.get('encoding') ?? ''
    this.#encoding = this.#found.has(encoding) ? null : encoding
  }

  /** Returns whether the element ended. */
  close(name: string): boolean {
    if (name === 'annotation') this.#encoding = null
    if (name === 'math') this.#depth -= 1
    return this.#depth === 0
  }

  text(text: string): void {
    if (this.#encoding !== null)
      this.#found.set(this.#encoding, (this.#found.get(this.#encoding) ?? '') + text)
  }

  result(): string {
    const tex = this.#found.get('application/x-tex')
    if (tex === undefined) return this.#found.get('text/plain') ?? ''
    return this.#isBlock ? `$$${tex}$$` : `$${tex}$`
  }
}

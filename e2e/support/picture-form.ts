import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A form with a picture under this name. */
export function pictureForm(name: string): FormData {
  const form = new FormData()
  const file = readFileSync(join(import.meta.dirname, 'picture.png'))
  form.set(name, new Blob([file], { type: 'image/png' }), 'picture.png')
  return form
}

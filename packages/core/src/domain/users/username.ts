import { MAX_USERNAME } from './limits.ts'

const USERNAME = /^[a-z0-9_]+$/i
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
}

export function isUsername(text: string): boolean {
  return USERNAME.test(text)
}

export function isUsernameTooLong(text: string): boolean {
  return text.length > MAX_USERNAME
}

/** The form in which reserved names are compared: lower case, digits read as the letters they imitate. */
export function normalizeUsername(username: string): string {
  return username.toLowerCase().replace(/[0-9]/g, (digit) => LOOKALIKES[digit] ?? digit)
}

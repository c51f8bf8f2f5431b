import { forgetPush } from './push.ts'

/** Everything this browser keeps for the client begins with this. */
const OWN_KEYS = 'anancus.'

/** Ends the session by the server's own form, and leaves nothing of the account in this browser. */
export function signOut(): void {
  forgetLocally()
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/auth/sign_out'
  form.hidden = true
  form.append(field('_method', 'delete'), field('authenticity_token', csrfToken()))
  document.body.append(form)
  form.submit()
}

function forgetLocally(): void {
  // The server ends the subscription with the session; this is the browser's part, and nobody waits for it.
  void forgetPush().catch(() => undefined)
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OWN_KEYS)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
}

function field(name: string, value: string): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = name
  input.value = value
  return input
}

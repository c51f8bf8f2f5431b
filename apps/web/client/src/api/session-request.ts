import { errorOf } from './errors.ts'

/**
 * Asks what only the browser's session may, with its cookie and the token of the page.
 *
 * @throws ApiError for every answer but a 2xx
 */
export async function sessionRequest<T>(method: string, path: string, body?: object): Promise<T> {
  const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
  const response = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      'X-CSRF-Token': csrf,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    body: body && JSON.stringify(body),
    credentials: 'same-origin',
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  throw errorOf(response.status, answer, (name) => response.headers.get(name))
}

import type { TestAnswer, TestWeb } from './server.ts'

/** A browser without scripts: keeps cookies, reads forms and sends them, follows redirects of its own site on demand. */
export interface TestBrowser {
  cookies: Map<string, string>
  /** The `Cookie` header it would send. */
  cookieHeader(): string
  get(path: string, headers?: Record<string, string>): Promise<TestAnswer>
  /** Goes where a redirect of our own leads. */
  follow(answer: TestAnswer): Promise<TestAnswer>
  /** Sends the form with this action (and `_method`) on a page, with its hidden fields and these. */
  submit(page: TestAnswer, action: string, fields?: Record<string, string>): Promise<TestAnswer>
  /** Signs in by the form; fails when that does not work. */
  signIn(email: string, password: string): Promise<TestAnswer>
}

export function openBrowser(web: TestWeb, always: Record<string, string> = {}): TestBrowser {
  const cookies = new Map<string, string>()
  const request = async (method: string, path: string, form?: Record<string, string>, headers = {}) => {
    const answer = await web.request(method, path, {
      headers: { accept: 'text/html', cookie: cookieHeader(cookies), ...always, ...headers },
      ...(form ? { form } : {}),
    })
    remember(cookies, answer.headers.getSetCookie())
    return answer
  }
  const get: TestBrowser['get'] = (path, headers) => request('GET', path, undefined, headers)
  const submit: TestBrowser['submit'] = (page, action, fields = {}) =>
    request('POST', action, { ...hiddenFields(page.text, action), ...fields })
  return {
    cookies,
    cookieHeader: () => cookieHeader(cookies),
    get,
    submit,
    follow: (answer) => get(new URL(answer.headers.get('location') ?? '/', 'http://own.test').href.slice(15)),
    async signIn(email, password) {
      const page = await get('/auth/sign_in')
      const answer = await submit(page, '/auth/sign_in', { 'user[email]': email, 'user[password]': password })
      if (answer.status !== 303)
        throw new Error(`Not signed in: ${answer.status} ${answer.text.slice(0, 500)}`)
      return answer
    },
  }
}

function cookieHeader(cookies: Map<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

function remember(cookies: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const isOver = attributes.some(
      (part) => /^expires=thu, 01 jan 1970/i.test(part) || /^max-age=0$/i.test(part),
    )
    if (isOver) cookies.delete(name)
    else cookies.set(name, pair.slice(name.length + 1))
  }
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The hidden fields of the form with an action. */
export function hiddenFields(markup: string, action: string): Record<string, string> {
  const forms = [...markup.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
  const form = forms.find((match) => match[1] === action)
  if (!form) throw new Error(`There is no form for ${action} on this page.`)
  const inputs = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  const read = (text = '') => text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
  return Object.fromEntries(inputs.map(([, name, value]) => [read(name), read(value)]))
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpClient } from '../src/kernel/http-client.ts'

/** DeepL and LibreTranslate, faked on one port: as strict about what they are sent as the real ones. */
export interface TranslationServices {
  /** Where LibreTranslate answers. */
  libreTranslateUrl: string
  /** Leads what is meant for DeepL here. */
  redirectDeepL(http: HttpClient): HttpClient
  /** The texts asked for, a list a request. */
  asked: { texts: string[]; source: string | null; target: string }[]
  /** How often the languages were asked for. */
  languageRequests: number
  /** What comes back for a text; by default the text, marked with its target. */
  translate: (text: string, target: string) => string
  /** Answers every request with a status, or a body, instead; null ends it. */
  misbehave: ((response: ServerResponse) => void) | null
  reset(): void
  close(): Promise<void>
}

export const DEEPL_KEY = 'deepl-key:fx'
export const LIBRE_KEY = 'libre-key'

const SOURCES = ['DE', 'EN', 'ES', 'JA', 'PT']
const TARGETS = ['DE', 'EN-GB', 'EN-US', 'ES', 'JA', 'PT-BR']
const LIBRE = [
  { code: 'de', name: 'German', targets: ['de', 'en', 'es'] },
  { code: 'en', name: 'English', targets: ['de', 'en', 'es'] },
  { code: 'es', name: 'Spanish', targets: ['en', 'es'] },
]

/** Starts both on a free port. */
export async function startTranslationServices(): Promise<TranslationServices> {
  const mark = (text: string, target: string) => text.replace(/(^|>)([^<]+)/, `$1[${target}] $2`)
  const services: TranslationServices = {
    libreTranslateUrl: '',
    redirectDeepL: (http) => ({ ...http, request: (request) => http.request(leadHere(request)) }),
    asked: [],
    languageRequests: 0,
    translate: mark,
    misbehave: null,
    reset() {
      Object.assign(this, { asked: [], languageRequests: 0, translate: mark, misbehave: null })
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer((request, response) => void answer(services, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const leadHere = (request: Parameters<HttpClient['request']>[0]) => {
    const url = new URL(request.url)
    if (!/^api(-free)?\.deepl\.com$/.test(url.host) || url.protocol !== 'https:') return request
    const there = `http://127.0.0.1:${port}/${url.host}${url.pathname}${url.search}`
    return { ...request, url: there, isOperatorsOwn: true }
  }
  services.libreTranslateUrl = `http://127.0.0.1:${port}/libre`
  return services
}

async function answer(services: TranslationServices, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  if (services.misbehave) return services.misbehave(response)
  const [, service = '', ...rest] = (request.url ?? '').split('/')
  const call = { method: request.method ?? '', path: `/${rest.join('/')}`, body, headers: request.headers }
  const result = service === 'libre' ? libreTranslate(services, call) : deepl(services, call)
  response.writeHead(result === null ? 400 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(result ?? { error: 'bad request' }))
}

interface Call {
  method: string
  path: string
  body: string
  headers: IncomingMessage['headers']
}

/** Null for anything the real one would refuse. */
function deepl(services: TranslationServices, { method, path, body, headers }: Call): object | null {
  if (headers.authorization !== `DeepL-Auth-Key ${DEEPL_KEY}`) return null
  const listed = /^\/v2\/languages\?type=(source|target)$/.exec(path)?.[1]
  if (listed) {
    services.languageRequests += 1
    return (listed === 'source' ? SOURCES : TARGETS).map((language) => ({ language, name: language }))
  }
  const form = new URLSearchParams(body)
  const [texts, target, source] = [
    form.getAll('text'),
    form.get('target_lang') ?? '',
    form.get('source_lang'),
  ]
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded'
  const isKnown = [...TARGETS, 'EN', 'PT'].includes(target.toUpperCase())
  if (method !== 'POST' || path !== '/v2/translate' || !isForm || !isKnown) return null
  if (texts.length === 0 || texts.length > 50 || form.get('tag_handling') !== 'html') return null
  if (source !== null && !SOURCES.includes(source)) return null
  services.asked.push({ texts, source, target })
  return {
    translations: texts.map((text) => ({
      detected_source_language: source ?? 'ES',
      text: services.translate(text, target),
    })),
  }
}

function libreTranslate(services: TranslationServices, { method, path, body, headers }: Call): object | null {
  if (method === 'GET' && path === '/languages') {
    services.languageRequests += 1
    return LIBRE
  }
  if (method !== 'POST' || path !== '/translate' || headers['content-type'] !== 'application/json')
    return null
  const sent = JSON.parse(body) as Record<string, unknown>
  const { q, source, target, format, api_key: key, ...others } = sent
  const texts = Array.isArray(q) ? q.filter((text): text is string => typeof text === 'string') : []
  const isKnown = LIBRE.some(({ code }) => code === target)
  if (texts.length === 0 || format !== 'html' || key !== LIBRE_KEY || !isKnown) return null
  if (Object.keys(others).length > 0 || typeof source !== 'string' || typeof target !== 'string') return null
  services.asked.push({ texts, source, target })
  const detected =
    source === 'auto' ? { detectedLanguage: texts.map(() => ({ confidence: 90, language: 'es' })) } : {}
  return { translatedText: texts.map((text) => services.translate(text, target)), ...detected }
}

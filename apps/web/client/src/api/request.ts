import type { Cursor } from '../state/feeds/reducer.ts'
import { accessToken } from '../state/session.ts'
import { ApiError, errorOf } from './errors.ts'
import { linkQuery } from './links.ts'
import { type Query, queryString } from './query-string.ts'

export interface RequestOptions {
  query?: Query
  /** Sent as JSON, or as it is when a form. */
  body?: object | FormData
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Page<T> {
  items: T[]
  next: Cursor | null
  /** Answered with 206: the list is still being put together. */
  partial: boolean
}

/**
 * Asks the own server.
 *
 * @throws ApiError for every answer but a 2xx, and with status 0 when none came
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  return (await response.json()) as T
}

/** A request whose answer has no body. */
export async function requestNothing(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<void> {
  await send(method, path, options)
}

/** One page of a list, with the query of the following one. */
export async function requestPage<T>(path: string, options: RequestOptions = {}): Promise<Page<T>> {
  const response = await send('GET', path, options)
  return {
    items: (await response.json()) as T[],
    next: linkQuery(response.headers.get('link'), 'next'),
    partial: response.status === 206,
  }
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  request<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: object) => request<T>('POST', path, { body })
export const put = <T>(path: string, body?: object) => request<T>('PUT', path, { body })
export const patch = <T>(path: string, body?: object) => request<T>('PATCH', path, { body })
export const del = <T>(path: string, query?: Query) => request<T>('DELETE', path, { query })

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const { query, body, signal } = options
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (accessToken) headers.Authorization = `Bearer ${accessToken}`
  const isForm = body instanceof FormData
  if (body && !isForm) headers['Content-Type'] = 'application/json'
  const response = await fetchOrFail(path + queryString(query ?? {}), {
    method,
    headers,
    body: isForm ? body : body && JSON.stringify(body),
    // The token says who asks; the cookie of the session has no part in it.
    credentials: 'omit',
    signal,
  })
  if (response.ok) return response
  throw errorOf(response.status, await bodyOf(response), (name) => response.headers.get(name))
}

async function fetchOrFail(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(0, '')
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    // A proxy in between answers with a page of its own.
    return null
  }
}

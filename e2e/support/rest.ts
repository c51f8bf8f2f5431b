/** A plain client of the REST API, for what a test does on the side. */
export interface Rest {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
  delete<T>(path: string): Promise<T>
  put<T>(path: string, body?: object): Promise<T>
  patch<T>(path: string, body?: object): Promise<T>
}

/** A body is sent as JSON, a form as it is. */
export function rest(baseUrl: string, token: string): Rest {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const isJson = body !== undefined && !(body instanceof FormData)
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isJson ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isJson ? JSON.stringify(body) : (body as FormData) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
  }
}

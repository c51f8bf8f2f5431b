/** Why a request failed. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  readonly status: number
  /** Seconds until it makes sense to try again, when the server said so. */
  readonly retryAfterSeconds: number | null

  constructor(status: number, message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 410)
}

/**
 * The error an answer stands for. Mastodon writes `X-RateLimit-Reset` as an ISO date, `Retry-After` is in seconds.
 */
export function errorOf(status: number, body: unknown, header: (name: string) => string | null): ApiError {
  return new ApiError(status, textOf(body), status === 429 || status === 503 ? waitOf(header) : null)
}

function textOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  const { error, error_description: description } = body as { error?: unknown; error_description?: unknown }
  if (typeof description === 'string') return description
  // Of a collection message and details are one inside the other.
  if (typeof error === 'object') return textOf(error)
  return typeof error === 'string' ? error : ''
}

function waitOf(header: (name: string) => string | null): number | null {
  const seconds = Number(header('retry-after'))
  if (seconds > 0) return Math.ceil(seconds)
  const reset = Date.parse(header('x-ratelimit-reset') ?? '')
  return Number.isNaN(reset) ? null : Math.max(1, Math.ceil((reset - Date.now()) / 1000))
}

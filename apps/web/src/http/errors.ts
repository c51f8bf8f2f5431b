import { OauthError } from '@anancus/core/domain/oauth'
import {
  AppError,
  NestedValidationError,
  RateLimitedError,
  RequestError,
  UnauthenticatedError,
  UnavailableError,
  ValidationError,
} from '@anancus/core/kernel/errors'

/** An error as this door tells it. */
export interface ErrorAnswer {
  status: number
  body: { error: string | { error: string; details: unknown }; error_description?: string; details?: unknown }
  headers: Record<string, string>
  /** Ours to mend: logged whole. */
  isOurs: boolean
}

const TEMPORARY = 'There was a temporary problem serving your request, please try again'
const DUPLICATE_KEY = '23505'
const TEXT_TOO_LONG = '22001'
const NUMBER_OUT_OF_RANGE = '22003'
/** Connection lost or refused, server shutting down or full, lock or statement taking too long, serialisation. */
const TEMPORARY_SQL = /^(08|53|57|40|55P03)/
const TEMPORARY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT'])
const TEMPORARY_NAMES = new Set(['KnexTimeoutError', 'MaxRetriesPerRequestError', 'AggregateError'])
const TEMPORARY_MESSAGES =
  /Connection terminated|Connection is closed|Stream isn't writeable|Command timed out|timeout exceeded when trying to connect/

/** The one place where an error becomes an answer of the REST API. */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof RequestError) return answerToRequest(error)
  if (error instanceof UnavailableError) {
    const after = error.retryAfterSeconds
    return told(503, error.message, after === undefined ? {} : { 'Retry-After': String(after) })
  }
  if (error instanceof AppError) return { ...told(500, 'Internal Server Error'), isOurs: true }
  return answerToForeign(error)
}

function answerToRequest(error: RequestError): ErrorAnswer {
  if (error instanceof OauthError) return answerToOauth(error)
  const answer = told(error.status, error.message)
  if (error instanceof NestedValidationError)
    answer.body = { error: { error: error.message, details: error.details } }
  else if (error instanceof ValidationError && error.details) answer.body.details = error.details
  if (error instanceof UnauthenticatedError && error.message.startsWith('The access token'))
    answer.headers['WWW-Authenticate'] =
      `Bearer realm="Doorkeeper", error="invalid_token", error_description="${error.message}"`
  if (error instanceof RateLimitedError)
    answer.headers['Retry-After'] = String(
      Math.max(1, Math.ceil((error.resetAt.getTime() - Date.now()) / 1000)),
    )
  return answer
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function answerToOauth(error: OauthError): ErrorAnswer {
  const answer = told(error.status, error.code)
  answer.body.error_description = error.message
  if (error.status === 401)
    answer.headers['WWW-Authenticate'] =
      `Bearer realm="Doorkeeper", error="${error.code}", error_description="${error.message}"`
  return answer
}

/** Errors of libraries: those of the database and of Express that mean something to the asker. */
function answerToForeign(error: unknown): ErrorAnswer {
  const { code, status, name, message } = fieldsOf(error)
  if (code === DUPLICATE_KEY) return told(422, 'Duplicate record')
  if (code === TEXT_TOO_LONG || code === NUMBER_OUT_OF_RANGE) return told(422, 'Validation failed')
  const isTemporary =
    TEMPORARY_SQL.test(code) ||
    TEMPORARY_CODES.has(code) ||
    TEMPORARY_NAMES.has(name) ||
    TEMPORARY_MESSAGES.test(message)
  if (isTemporary) return { ...told(503, TEMPORARY), isOurs: true }
  // Express marks what a request did wrong: a malformed escape in the path, for one.
  if (status >= 400 && status < 500) return told(status, status === 400 ? 'Bad Request' : 'Not Found')
  return { ...told(500, 'Internal Server Error'), isOurs: true }
}

function told(status: number, message: string, headers: Record<string, string> = {}): ErrorAnswer {
  return { status, body: { error: message }, headers: { ...headers }, isOurs: false }
}

function fieldsOf(error: unknown): { code: string; status: number; name: string; message: string } {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  return {
    code: typeof fields.code === 'string' ? fields.code : '',
    status: typeof fields.status === 'number' ? fields.status : 0,
    name: typeof fields.name === 'string' ? fields.name : '',
    message: typeof fields.message === 'string' ? fields.message : '',
  }
}

/**
 * The errors of the house. Throw them; each door translates them in one file. `expose` says whether the message may
 * leave the house; what may not is logged whole and told as nothing.
 */
export abstract class AppError extends Error {
  /** Stable and machine-readable, in snake_case. */
  readonly code: string
  readonly expose: boolean

  constructor(code: string, message: string, options: { expose: boolean; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.code = code
    this.expose = options.expose
    this.name = new.target.name
  }
}

/** The asker's fault, told plainly. */
export abstract class RequestError extends AppError {
  readonly status: number

  constructor(status: number, code: string, message: string, cause?: unknown) {
    super(code, message, { expose: true, cause })
    this.status = status
  }
}

/** 400: a parameter is malformed or missing. */
export class BadRequestError extends RequestError {
  constructor(message: string, cause?: unknown) {
    super(400, 'bad_request', message, cause)
  }

  /** The sentence of Rails' `ParameterMissing`, which clients know. */
  static missing(name: string): BadRequestError {
    return new BadRequestError(`param is missing or the value is empty or invalid: ${name}`)
  }
}

/** 401: no token, or one that is not ours. */
export class UnauthenticatedError extends RequestError {
  constructor(message = 'The access token is invalid') {
    super(401, 'unauthenticated', message)
  }
}

/** 403: known, and not allowed. */
export class ForbiddenError extends RequestError {
  constructor(message = 'This action is not allowed') {
    super(403, 'forbidden', message)
  }
}

/** 404: missing, or not visible to the asker; nobody can tell which. */
export class NotFoundError extends RequestError {
  constructor(message = 'Record not found') {
    super(404, 'not_found', message)
  }
}

/** 409: somebody else was faster. */
export class ConflictError extends RequestError {
  constructor(message = 'Conflict during update, please try again') {
    super(409, 'conflict', message)
  }
}

/** 410: was here, and will not come back. */
export class GoneError extends RequestError {
  constructor(message = 'Gone') {
    super(410, 'gone', message)
  }
}

/** 413: more than we read. */
export class PayloadTooLargeError extends RequestError {
  constructor(message = 'Payload too large') {
    super(413, 'payload_too_large', message)
  }
}

export interface FieldError {
  /** `ERR_TAKEN`, `ERR_BLANK`, … */
  error: string
  /** The rest of the sentence after the field's name: "has already been taken". */
  description: string
}

export type ValidationDetails = Record<string, FieldError[]>

/** 422: understood, and refused for what it says. */
export class ValidationError extends RequestError {
  readonly details: ValidationDetails | undefined

  constructor(message: string, details?: ValidationDetails) {
    super(422, 'validation_failed', message)
    this.details = details
  }

  /** "Validation failed: A, B", the form of a refused record. */
  static failed(...messages: string[]): ValidationError {
    return new ValidationError(`Validation failed: ${messages.join(', ')}`)
  }
}

/** 422 as the endpoints of collections tell it: message and details together are the `error`. */
export class NestedValidationError extends ValidationError {}

/** 422 for a token without a user on a route that needs one (422, not 401: so Mastodon answers). */
export class UserRequiredError extends RequestError {
  constructor() {
    super(422, 'user_required', 'This method requires an authenticated user')
  }
}

/** 429. */
export class RateLimitedError extends RequestError {
  readonly resetAt: Date

  constructor(resetAt: Date) {
    super(429, 'rate_limited', 'Too many requests')
    this.resetAt = resetAt
  }
}

/** 503: ours or theirs, worth trying again. */
export class UnavailableError extends AppError {
  readonly retryAfterSeconds: number | undefined

  constructor(
    message = 'There was a temporary problem serving your request, please try again',
    options: { cause?: unknown; retryAfterSeconds?: number; code?: string } = {},
  ) {
    super(options.code ?? 'unavailable', message, { expose: true, cause: options.cause })
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Another server did not answer, or not as it should. */
export class RemoteServerError extends UnavailableError {
  readonly host: string
  /** What it answered, when it answered. */
  readonly status: number | undefined
  /** Whether the same request may go through later. */
  readonly retryable: boolean

  constructor(
    host: string,
    reason: string,
    options: { status?: number; retryable: boolean; cause?: unknown; retryAfterSeconds?: number },
  ) {
    super('Remote data could not be fetched', {
      cause: options.cause ?? reason,
      code: 'remote_server',
      ...(options.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: options.retryAfterSeconds }),
    })
    this.host = host
    this.status = options.status
    this.retryable = options.retryable
    this.reason = reason
  }

  /** For logs and job records: what happened, in words. */
  readonly reason: string
}

/** Two writers met and ours may simply start again. */
export class RaceError extends UnavailableError {
  constructor(cause?: unknown) {
    super(undefined, { cause, code: 'race' })
  }
}

/** A job that no retry can help. */
export class PermanentJobError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('permanent_job', message, { expose: false, cause })
  }
}

/** A job whose time has not come: it waits and is taken again, and this was no try. */
export class DeferredJobError extends AppError {
  readonly delayMs: number

  constructor(message: string, delayMs: number) {
    super('deferred_job', message, { expose: false })
    this.delayMs = delayMs
  }
}

/** A bug: something that cannot be was. */
export class InvariantError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('invariant', message, { expose: false, cause })
  }
}

/** Configuration or surroundings that keep a process from starting; told as one plain message, without a stack. */
export class StartError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('start', message, { expose: true, cause })
  }
}

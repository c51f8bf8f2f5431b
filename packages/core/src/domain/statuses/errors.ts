import { ValidationError } from '../../kernel/errors.ts'

/** 422: a status would reach accounts its author did not list in `allowed_mentions`. */
export class UnexpectedMentionsError extends ValidationError {
  readonly accountIds: readonly string[]

  constructor(accountIds: readonly string[]) {
    super('Post would be sent to unexpected accounts')
    this.accountIds = accountIds
  }
}

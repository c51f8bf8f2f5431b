import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { z } from 'zod'

/** The id in the path; what cannot be an id is answered as what is hidden is. */
export const pollIdParam = z.unknown().transform((value) => {
  if (!isId(value)) throw new NotFoundError('Not Found')
  return value
})

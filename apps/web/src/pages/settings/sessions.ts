import { endSession } from '@anancus/core/domain/users'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { goTo } from '../page.ts'
import { forSignedIn } from '../require-signed-in.ts'

/** Signs another browser out. */
export const deleteSession = forSignedIn(async (call) => {
  const { id } = call.req.params
  if (!isId(id)) throw new NotFoundError()
  await endSession(call.ctx, call.signedIn.viewer, id)
  goTo(call, '/auth/edit', 'The browser is signed out.')
})

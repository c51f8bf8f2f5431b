import { ValidationError } from '@anancus/core/kernel/errors'

/**
 * Refuses what is not offered yet, rather than to publish something else than was meant: scheduling. A time
 * that has passed means now.
 *
 * @throws ValidationError
 */
export function refuseUnbuilt(params: { scheduled_at?: string | undefined }, now: Date): void {
  if (!params.scheduled_at) return
  const at = new Date(params.scheduled_at)
  if (Number.isNaN(at.getTime())) throw new ValidationError('Record invalid')
  if (at > now)
    throw new ValidationError('Validation failed: Scheduled posts are not available on this server yet')
}

import { fetchFilm } from '@anancus/core/domain/media'
import type { fetchFilmJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchFilmJob> = async (ctx, payload) => {
  await fetchFilm(ctx, payload)
}

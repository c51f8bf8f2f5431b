import type { OEmbed } from '@anancus/core/entities/types'
import { sessionRequest } from './session-request.ts'

/** What other sites show of a post. Another server is asked for those who are signed in. */
export const fetchEmbed = (statusId: string) => sessionRequest<OEmbed>('GET', `/api/web/embeds/${statusId}`)

import type { ShownTag } from '@anancus/core/domain/tags'
import { tagJson } from '@anancus/core/entities'
import type { Tag } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'

export const tagParams = z.object({ name: stringParam.transform((name) => name ?? '') })

export function shownTagJson({ config }: Pick<Ctx, 'config'>, { tag, history, viewerPart }: ShownTag): Tag {
  return tagJson(config, tag, history, viewerPart)
}

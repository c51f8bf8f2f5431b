import type { TagRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'

/** The tags of these names as typed, made where they are new; each once, in order. */
export declare function useTags(ctx: Ctx, names: readonly string[]): Promise<TagRow[]>

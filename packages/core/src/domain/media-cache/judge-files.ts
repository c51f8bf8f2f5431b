import type { CachedKind } from '@anancus/db/queries/media-cache'
import {
  type CachedFile,
  filesToJudge,
  forgetCachedFiles,
  type Judgement,
  judgeFiles,
  saveJudgements,
} from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { JUDGE_AGAIN_MS, JUDGED_AGAIN, NEWER_USE_MS } from './limits.ts'

/** A file and what speaks for keeping it; no judgement: its row is gone. */
export interface JudgedFile {
  file: CachedFile
  judgement: Judgement | null
}

/** Judges files, in the order they are given. One statement a kind. */
export async function judge(ctx: Ctx, files: readonly CachedFile[]): Promise<JudgedFile[]> {
  const judgements = new Map<string, Judgement>()
  for (const [kind, ofKind] of byKind(files)) {
    const ids = ofKind.map((file) => file.owner_id)
    for (const one of await judgeFiles(ctx.db, kind, ids)) judgements.set(`${kind}/${one.owner_id}`, one)
  }
  return files.map((file) => ({ file, judgement: judgements.get(`${file.kind}/${file.owner_id}`) ?? null }))
}

/** Whether a file that has its turn goes: it is worth no more than was thought, and was not used since. */
export function isToGo({ file, judgement }: JudgedFile): boolean {
  if (!judgement) return true
  if (judgement.worth > file.worth) return false
  const use = judgement.used_at?.getTime() ?? 0
  return use - file.used_at.getTime() <= NEWER_USE_MS
}

/** Writes judgements down. */
export async function remember(ctx: Ctx, judged: readonly JudgedFile[]): Promise<void> {
  const kinds = byKind(judged.map(({ file }) => file)).keys()
  for (const kind of kinds) {
    const found = judged.flatMap(({ file, judgement }) =>
      file.kind === kind && judgement ? [judgement] : [],
    )
    await saveJudgements(ctx.db, kind, found, ctx.clock.now())
  }
}

/** Judges anew some of what was worth keeping when it was last looked at. */
export async function judgeAgain(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - JUDGE_AGAIN_MS)
  const judged = await judge(ctx, await filesToJudge(ctx.db, before, JUDGED_AGAIN))
  await remember(ctx, judged)
  for (const { file, judgement } of judged)
    if (!judgement) await forgetCachedFiles(ctx.db, file.kind, [file.owner_id])
}

export function byKind(files: readonly CachedFile[]): Map<CachedKind, CachedFile[]> {
  return Map.groupBy(files, (file) => file.kind)
}

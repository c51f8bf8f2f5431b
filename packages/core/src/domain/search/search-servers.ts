import type { Ctx } from '../../kernel/context.ts'
import { searchPeers } from '../instance/index.ts'
import { ask } from './engines/choose.ts'

/** Servers we know and do not limit whose domain begins so, at most ten, by name. */
export async function searchServers(ctx: Ctx, text: string): Promise<string[]> {
  return searchPeers(ctx, text, (start, limit) => ask(ctx, (engine) => engine.findServers(ctx, start, limit)))
}

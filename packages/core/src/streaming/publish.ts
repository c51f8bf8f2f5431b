import type { Ctx } from '../kernel/context.ts'
import type { StreamingMessage } from './messages.ts'
export declare function publish(ctx: Ctx, channel: string, message: StreamingMessage): Promise<void>

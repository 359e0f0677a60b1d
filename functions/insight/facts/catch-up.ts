import type { Context } from '../../ground/platform/context.ts';
import { followFacts } from './follow-facts.ts';

/** Counts whatever happened since, to the last change: for who asks right after an import. @returns how many changes were passed */
export async function catchUpFacts(ctx: Context): Promise<number> {
  let all = 0;
  for (let passed = -1; passed !== 0 && ctx.isEnding?.() !== true; all += Math.max(0, passed))
    passed = await followFacts(ctx);
  return all;
}

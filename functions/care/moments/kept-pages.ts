import type { Recipient } from '../../ground/outbox/tell-each.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Those of a list of pages that are kept; reads on where a page holds none of them, since an empty one is the end. */
export function keptPages<One extends Recipient, Kept extends Recipient>(
  ctx: Context,
  {
    list,
    keep,
  }: {
    list: (after: string) => Promise<readonly One[]>;
    keep: (page: readonly One[]) => Promise<readonly Kept[]>;
  },
): (after: string) => Promise<readonly Kept[]> {
  return async (after) => {
    let from = after;
    while (!ctx.isEnding?.()) {
      const page = await list(from);
      const last = page.at(-1);
      if (last === undefined) return [];
      const kept = await keep(page);
      if (kept.length > 0) return kept;
      from = last.reader;
    }
    return [];
  };
}

import type { Recipient } from '../../ground/outbox/tell-each.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { MomentPlace } from './place.ts';

/**
 * Those of a list of pages that are kept, from where the last run left; reads on where a page holds none of them, since an empty one is
 * the end.
 */
export function keptPages<One extends Recipient, Kept extends Recipient>(
  ctx: Context,
  {
    place,
    list,
    keep,
  }: {
    place: MomentPlace;
    list: (after: string) => Promise<readonly One[]>;
    keep: (page: readonly One[]) => Promise<readonly Kept[]>;
  },
): (after: string) => Promise<readonly Kept[]> {
  return async (after) => {
    if (after !== '') place.behind = after;
    while (!ctx.isEnding?.()) {
      const page = await list(place.behind);
      const last = page.at(-1);
      if (last === undefined) {
        place.isWhole = true;
        return [];
      }
      const kept = await keep(page);
      if (kept.length > 0) return kept;
      place.behind = last.reader;
    }
    return [];
  };
}

import type { CompiledProgramme } from '../rewards/compile.ts';
import { countedOf } from '../rewards/count.ts';
import { settle, type Total } from '../rewards/settle.ts';
import type { OrderFacts, Standing } from '../rewards/types.ts';

/** One programme on its way through the orders of one root account, in the order in which they count. */
export interface Replay {
  programme: CompiledProgramme;
  /** By `totalKey`. */
  totals: Map<string, Total>;
}

export function openReplay(programme: CompiledProgramme): Replay {
  return { programme, totals: new Map() };
}

/**
 * Counts and settles one more order by the rules that do so when it is recorded, and returns what it earns, in minor
 * units. Nothing waits: what is pending is earned as well. An order that was delivered needs no more than its day.
 */
export function replayOrder(replay: Replay, order: OrderFacts, standing: Standing): bigint {
  const { programme, totals } = replay;
  const after = countedOf(order, programme, standing);
  if (after.length === 0) return 0n;
  const change = { order, before: [], after, effectiveAt: order.placedAt };
  const settled = settle({ programme, totals, changes: [change], now: Number.POSITIVE_INFINITY });
  for (const [key, total] of settled.totals) totals.set(key, total);
  return settled.entries.reduce((sum, { amount }) => sum + amount, 0n);
}

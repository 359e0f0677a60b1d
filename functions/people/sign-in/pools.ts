import type { Row, Statement, Store } from '../../../db/store.ts';
import {
  type Condition,
  type Limit,
  readTry,
  roomIn,
  type Tried,
  tryStatements,
} from '../../ground/platform/rate-limit.ts';

export interface TryRequest {
  /** What the asker may do at all; counted once. */
  own: readonly Limit[];
  /** Where a try may be taken from, in their order; from the first that has room. */
  pools: readonly (readonly Limit[])[];
  now: number;
  /** What has to be true for a try to be counted. */
  when?: Condition;
  /** What happens in the batch of the try, and only where there is room for it. */
  effect?: (room: Condition) => Statement;
}

export type TryOutcome =
  | { ok: true; limits: readonly Limit[]; effect: readonly Row[] }
  | { ok: false; tries: readonly Tried[] };

/** Takes one try from the first pool that has room, in one batch with its effect. */
export async function takeTry(db: Store, { own, pools, now, when, effect }: TryRequest): Promise<TryOutcome> {
  let refused: readonly Tried[] = [];
  for (const [index, pool] of pools.entries()) {
    const limits = index === 0 ? [...own, ...pool] : pool;
    const rows = await db.write([
      ...tryStatements(limits, now, when),
      ...(effect === undefined ? [] : [effect(roomIn(limits))]),
    ]);
    const tries = limits.map((limit, at) => readTry(rows[at], limit, now));
    if (tries.every(({ ok }) => ok)) {
      const counted = index === 0 ? limits : [...own, ...pool];
      return { ok: true, limits: counted, effect: rows[limits.length] ?? [] };
    }
    if (index === 0) refused = tries;
    if (index === 0 && tries.slice(0, own.length).some(({ ok }) => !ok)) break;
  }
  return { ok: false, tries: refused };
}

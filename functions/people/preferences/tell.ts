import { sql } from 'drizzle-orm';
import { toStatement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { loadKnown, MONTH_MS, WEEK_MS } from './load-known.ts';
import { gone, type PersonTold } from './may-tell.ts';
import { countOfSubject, countReached } from './unasked.ts';
import { type ReaderFacts, type Verdict, verdictOf } from './verdict.ts';

/**
 * Asks as `mayTell` does and, where somebody may be told of what is limited, counts it against their limits in the same
 * statement: of two that tell at once, one is beyond the limit. What `id` was counted for before is not counted again, and
 * may be told unless it has been declined or paused since.
 */
export async function tell(
  ctx: Context,
  { id, customerId, ...asked }: PersonTold & { id: string },
): Promise<Verdict> {
  const { known, today } = await loadKnown(ctx, [customerId], asked);
  const one = known.get(customerId);
  if (one === undefined) return gone;
  if (!asked.isLimited) return verdictOf(one, asked, today);
  const wanted = verdictOf(one, { ...asked, isLimited: false }, today);
  if (!wanted.may || (await isTaken(ctx, { id, customerId, ...asked }, one))) return wanted;
  const full = verdictOf(one, asked, today);
  return full.may ? { may: false, because: 'week_full', until: null, most: one.weekMax } : full;
}

/** Whether it is counted, now or before. */
async function isTaken(
  ctx: Context,
  { id, customerId, topic, channel }: PersonTold & { id: string },
  { weekMax, wish }: ReaderFacts,
): Promise<boolean> {
  const now = ctx.now();
  const { unasked } = ctx.house;
  const of = (ms: number) => ({ customerId: sql`${customerId}`, since: sql`${now - ms}` });
  const monthly = wish?.monthMax ?? null;
  const hasRoom = sql`${countReached(unasked, of(WEEK_MS))} < ${weekMax}`;
  const hasRoomOfItsOwn =
    monthly === null
      ? sql`TRUE`
      : sql`${countOfSubject(unasked, { topic, channel, ...of(MONTH_MS) })} < ${monthly}`;
  const [, found] = await ctx.db.write([
    toStatement(sql`INSERT INTO tellings (id, customer_id, topic, channel, at)
      SELECT ${id}, ${customerId}, ${topic}, ${channel}, ${now} WHERE ${hasRoom} AND ${hasRoomOfItsOwn}
      AND NOT EXISTS (SELECT 1 FROM tellings WHERE id = ${id})`),
    toStatement(sql`SELECT id FROM tellings WHERE id = ${id}`),
  ]);
  return found !== undefined && found.length > 0;
}

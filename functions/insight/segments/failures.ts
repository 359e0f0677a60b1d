import { insertInto, query, statement } from '../../../db/query.ts';
import { segmentFailures } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';

/** Why a segment could not be asked the last time, and when it is tried again. */
export type SegmentFailure = Awaited<ReturnType<typeof listFailures>>[number];

export const listFailures = query((db) => db.select().from(segmentFailures));

const putFailure = insertInto(
  segmentFailures,
  `ON CONFLICT (segment_id) DO UPDATE SET terms = excluded.terms, times = excluded.times, reason = excluded.reason,
   at = excluded.at, again_at = excluded.again_at`,
);

/** Whether a segment that failed has to wait; what it asks under changed, and it is tried at once. */
export const hasToWait = (
  failure: SegmentFailure | undefined,
  { terms, now }: { terms: string; now: number },
) => failure !== undefined && failure.terms === terms && failure.againAt > now;

/** One, two, four minutes and so on, an hour at the most. */
const waitAfter_ms = (times: number) => Math.min(60, 2 ** (times - 1)) * 60_000;

/** Writes down that a segment could not be asked; everybody is asked once it can. */
export async function noteFailure(
  ctx: Context,
  { segmentId, terms, error }: { segmentId: string; terms: string; error: unknown },
): Promise<void> {
  const reason = reasonOf(error);
  ctx.log.error('The segment {id} cannot be asked: {reason}', { id: segmentId, reason });
  const [before, now] = [await listFailures(ctx.db.fresh), ctx.now()];
  const last = before.find((one) => one.segmentId === segmentId);
  const times = last?.terms === terms ? last.times + 1 : 1;
  await ctx.db.write([
    statement('DELETE FROM segment_askings WHERE segment_id = ?', segmentId),
    putFailure({ segmentId, terms, times, reason, at: now, againAt: now + waitAfter_ms(times) }),
  ]);
}

/** Segments that were asked since fail no more. */
export async function forgetFailures(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db.write(ids.map((id) => statement('DELETE FROM segment_failures WHERE segment_id = ?', id)));
}

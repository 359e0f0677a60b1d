import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { promisedBefore } from '../../../money/orders/promised-days.ts';
import { sumPromisesOn } from '../../../money/orders/sum-promises.ts';
import { listAnswers } from '../events/queries.ts';
import { seatsOf } from '../events/seating.ts';
import { none, type PromiseCount } from './judge.ts';
import { countOwn, type MeasuredBenefit } from './own-counts.ts';
import { countPieces, countTold, listHeld } from './queries.ts';

/** So many days of promised days are looked at, and of what was told of benefits. */
const ORDER_DAYS = 90;
export const BENEFIT_DAYS = 365;

/** What a promise is known by where it is no benefit: the promised days of orders. */
export const DAYS = 'days';

/** How often promises were kept, by promise: promised days of the last 90 days, benefits of the last 365. */
export async function measurePromises(
  ctx: Context,
  benefits: readonly MeasuredBenefit[],
): Promise<ReadonlyMap<string, PromiseCount>> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const business = await getBusiness({ ...ctx, db });
  const { timeZone } = business;
  const today = dayOf(now, timeZone);
  const since = now - BENEFIT_DAYS * DAY_MS;
  const days = Array.from({ length: ORDER_DAYS }, (_, index) => addDays(today, -1 - index));
  const from = addDays(today, -BENEFIT_DAYS);
  const [sum, told, [pieces], seats, own] = await Promise.all([
    sumPromisesOn(db, withEnds(days, timeZone), now, promisedBefore(business)),
    countTold(db, { from }),
    countPieces(db, { since }),
    countSeats(ctx, since),
    Promise.all(benefits.map((benefit) => countOwn(ctx, benefit, { today, since: from }))),
  ]);
  const kept = sum.kept + sum.beaten;
  const toldOf = new Map(told.map(({ benefitId, ...count }) => [benefitId, count]));
  const ownCounts: Readonly<Record<string, PromiseCount>> = {
    drops: { kept: (pieces?.of ?? 0) - (pieces?.broken ?? 0), of: pieces?.of ?? 0 },
    events: seats,
  };
  return new Map<string, PromiseCount>([
    [DAYS, { kept, of: kept + sum.broken }],
    ...benefits.map(({ id, kind }, index): [string, PromiseCount] => {
      const all = [toldOf.get(id) ?? none, ownCounts[kind] ?? none, own[index] ?? none];
      return [
        id,
        {
          kept: all.reduce((total, one) => total + one.kept, 0),
          of: all.reduce((total, one) => total + one.of, 0),
        },
      ];
    }),
  ]);
}

/** Business days, each with the instants at which it begins and is over. */
export const withEnds = (days: readonly string[], timeZone: string) =>
  days.map((day) => [day, startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)] as const);

/** Parties that had a place at an event, and those whose event was held. */
async function countSeats(ctx: Context, since: number): Promise<PromiseCount> {
  const db = ctx.db.fresh;
  const events = await listHeld(db, { since, now: ctx.now() });
  const answers = await listAnswers(db, { ids: JSON.stringify(events.map(({ id }) => id)) });
  const byEvent = Map.groupBy(answers, ({ eventId }) => eventId);
  const counts = events.map(({ id, places, isCancelled }) => {
    const seats = [...seatsOf(byEvent.get(id) ?? [], places).values()];
    const seated = seats.filter(({ state }) => state === 'seated').length;
    return { kept: isCancelled === 1 ? 0 : seated, of: seated };
  });
  return {
    kept: counts.reduce((total, { kept }) => total + kept, 0),
    of: counts.reduce((total, { of }) => total + of, 0),
  };
}

import { getDeskEvent } from '../../circle/club/events/get-desk-event.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { limitsPassed } from './limits.ts';
import { listRecorded } from './queries.ts';
import { insertEntry } from './record-hospitality.ts';
import { hadInYear, limitsOf } from './terms.ts';

const PARTIES_A_BATCH = 100;

/**
 * Writes into the register who had a place at an event that is over: what it was worth a head, for each with their guests, once for
 * each event. Whoever passes a limit by it waits for a second person, after the fact. How many were written.
 * @throws {AppError} `not_found`, `event_over` for one that was called off or is not over, `currency_not_set`,
 * `validation_failed`, `forbidden`
 */
export async function recordEvent(
  ctx: Context,
  { eventId, worthEachMinor }: { eventId: string; worthEachMinor: bigint },
): Promise<{ written: number }> {
  allow(ctx.actor, 'contacts:write');
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('forbidden', 'Somebody of the team gives it.');
  if (worthEachMinor <= 0n) throw wrongField('worth', 'too_small', 'has to be more than nothing');
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const { currency, ...limits } = limitsOf(business);
  const event = await getDeskEvent({ ...ctx, db }, { eventId });
  if (event.cancelledAt !== null || !event.isOver)
    throw new AppError('event_over', 'Only an event that was held is written down.');
  const recorded = new Set((await listRecorded(db, { eventId })).map(({ customerId }) => customerId));
  const seated = event.seats.filter(
    ({ state, customerId }) => state === 'seated' && !recorded.has(customerId),
  );
  const day = dayOf(event.startsAt, business.timeZone);
  const customerIds = seated.map(({ customerId }) => customerId);
  const had = await hadInYear(db, { customerIds, day, currency });
  const purpose = Object.values(event.texts)[0]?.title ?? '';
  const rows = seated.map(({ customerId, guests }) => {
    const worthMinor = worthEachMinor * BigInt(1 + guests);
    const yearBeforeMinor = had(customerId);
    return insertEntry({
      ...{
        id: newId(),
        kind: 'event',
        customerId,
        giverId: actor.id,
        purpose,
        worthMinor,
        currency,
        day,
        eventId,
      },
      ...{ yearBeforeMinor, actLimitMinor: limits.actMinor, yearLimitMinor: limits.yearMinor },
      needsApproval: limitsPassed(limits, { worthMinor, yearBeforeMinor }).length > 0,
      ...{ at: ctx.now(), actor: actorName(actor) },
    });
  });
  for (let from = 0; from < rows.length; from += PARTIES_A_BATCH) {
    const some = rows.slice(from, from + PARTIES_A_BATCH);
    await writeDecision(ctx, {
      rows: some,
      audit: {
        kind: 'hospitality.event-recorded',
        subjectKind: 'event',
        subjectId: eventId,
        detail: { parties: some.length },
      },
    });
  }
  return { written: rows.length };
}

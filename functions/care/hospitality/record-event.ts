import { isConflictOn } from '../../../db/store.ts';
import { getDeskEvent } from '../../circle/club/events/get-desk-event.ts';
import { toParties } from '../../circle/club/events/list-parties.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findReceiver, listRecorded } from './queries.ts';
import { limitsOf } from './terms.ts';
import { type EntryAbout, type Hospitality, writeEntry } from './write-entry.ts';

/**
 * Writes into the register who had a place at an event that is over: what it was worth a head, for each with their guests, once for
 * each event. Whoever passes a limit by it waits for a second person, after the fact. Broken off, it is asked again for who is
 * left. How many were written.
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
  const limits = limitsOf(business);
  const event = await getDeskEvent({ ...ctx, db }, { eventId });
  if (event.cancelledAt !== null || !event.isOver)
    throw new AppError('event_over', 'Only an event that was held is written down.');
  const rows = await listRecorded(db, { ids: JSON.stringify([eventId]) });
  const recorded = new Set(rows.map(({ customerId }) => customerId));
  const [parties = []] = await toParties(db, [event.seats]);
  const giver = { id: actor.id, email: actorName(actor) };
  let written = 0;
  for (const { customerId, heads } of parties.filter((party) => !recorded.has(party.customerId))) {
    const [receiver] = await findReceiver(db, { id: customerId });
    if (receiver === undefined || receiver.rootId === null) continue;
    const entry = {
      ...{ kind: 'event' as const, purpose: Object.values(event.texts)[0]?.title ?? '', eventId },
      ...{ worthMinor: worthEachMinor * BigInt(heads), day: dayOf(event.startsAt, business.timeZone) },
    };
    const about = { receiver: { ...receiver, rootId: receiver.rootId }, giver, limits };
    written += (await writeOnce(ctx, entry, about)) ? 1 : 0;
  }
  if (written > 0)
    await writeDecision(ctx, {
      audit: {
        kind: 'hospitality.event-recorded',
        subjectKind: 'event',
        subjectId: eventId,
        detail: { parties: written },
      },
    });
  return { written };
}

/** False where another run was first. */
async function writeOnce(ctx: Context, entry: Hospitality, about: EntryAbout): Promise<boolean> {
  try {
    await writeEntry(ctx, entry, about);
    return true;
  } catch (error) {
    if (isConflictOn(error, 'hospitality_entries.event_id')) return false;
    throw error;
  }
}

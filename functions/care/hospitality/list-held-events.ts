import { listEvents, type NamedEvent } from '../../circle/club/events/list-events.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listRecordedEvents } from './queries.ts';

/** Events of the club that were held and are not in the register, the newest first. @throws {AppError} `forbidden` */
export async function listHeldEvents(ctx: Context): Promise<NamedEvent[]> {
  allow(ctx.actor, 'contacts:read');
  const held = (await listEvents(ctx.db)).filter(
    ({ isCancelled, endsAt }) => !isCancelled && endsAt <= ctx.now(),
  );
  const recorded = await listRecordedEvents(ctx.db, { ids: JSON.stringify(held.map(({ id }) => id)) });
  const known = new Set(recorded.map(({ eventId }) => eventId));
  return held.filter(({ id }) => !known.has(id));
}

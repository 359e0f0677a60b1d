import type { NamedEvent } from '../../circle/club/events/list-events.ts';
import { listHeldParties } from '../../circle/club/events/list-parties.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listRecorded } from './queries.ts';

/** Events of the club that were held and of which somebody is not in the register, the newest first. @throws {AppError} `forbidden` */
export async function listHeldEvents(ctx: Context): Promise<NamedEvent[]> {
  allow(ctx.actor, 'contacts:read');
  const held = await listHeldParties(ctx.db, { now: ctx.now() });
  const rows = await listRecorded(ctx.db, { ids: JSON.stringify(held.map(({ id }) => id)) });
  const recorded = Map.groupBy(rows, ({ eventId }) => eventId);
  return held.filter(({ id, parties }) => {
    const known = new Set(recorded.get(id)?.map(({ customerId }) => customerId));
    return parties.some(({ customerId }) => !known.has(customerId));
  });
}

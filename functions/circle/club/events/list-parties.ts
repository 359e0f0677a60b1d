import type { Store } from '../../../../db/store.ts';
import { type NamedEvent, toNamedEvent } from './list-events.ts';
import { listAnswers, listBecome, listNewestEvents } from './queries.ts';
import { type Seat, seatsOf } from './seating.ts';

/** Somebody who had a place at an event, as they are by now, and how many they were with their guests. */
export interface Party {
  customerId: string;
  heads: number;
}

/** The newest events that were held, each with who had a place. */
export async function listHeldParties(
  db: Store,
  { now }: { now: number },
): Promise<(NamedEvent & { parties: Party[] })[]> {
  const events = (await listNewestEvents(db)).filter(
    ({ cancelledAt, endsAt }) => cancelledAt === null && endsAt <= now,
  );
  const answers = await listAnswers(db, { ids: JSON.stringify(events.map(({ id }) => id)) });
  const byEvent = Map.groupBy(answers, ({ eventId }) => eventId);
  const seats = events.map(({ id, places }) => [...seatsOf(byEvent.get(id) ?? [], places).values()]);
  const parties = await toParties(db, seats);
  return events.map((event, index) => ({ ...toNamedEvent(event), parties: parties[index] ?? [] }));
}

/** For each of some lists of seats, who had a place: those who became one since as one, those who are gone not at all. */
export async function toParties(
  db: Store,
  lists: readonly (readonly Pick<Seat, 'state' | 'customerId' | 'guests'>[])[],
): Promise<Party[][]> {
  const seated = lists.map((seats) => seats.filter(({ state }) => state === 'seated'));
  const ids = new Set(seated.flat().map(({ customerId }) => customerId));
  const became = await listBecome(db, { ids: JSON.stringify([...ids]) });
  const nowOf = new Map(became.map(({ id, became: now }) => [id, now]));
  return seated.map((seats) => {
    const heads = new Map<string, number>();
    for (const { customerId, guests } of seats) {
      const now = nowOf.get(customerId);
      if (now !== undefined) heads.set(now, (heads.get(now) ?? 0) + 1 + guests);
    }
    return [...heads].map(([customerId, count]) => ({ customerId, heads: count }));
  });
}

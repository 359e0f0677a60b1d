import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';
import { offerRefusal } from './verdict.ts';

const listOffers = query((db) =>
  db.select({ id: sql<string>`j.value`, offers: sql<boolean | null>`g.offers`.mapWith(readFlag) }).from(
    sql`json_each(${sql.placeholder('ids')}) AS j LEFT JOIN general_preferences AS g ON g.id = (SELECT max(id)
        FROM general_preferences WHERE customer_id = j.value)`,
  ),
);

/** Whom of some customers nothing is offered, and why; `premium` are those of that group among them. */
export async function listOfferRefusals(
  db: Pick<Store, 'read'>,
  customerIds: readonly string[],
  premium: ReadonlySet<string>,
): Promise<ReadonlyMap<string, 'declined' | 'premium'>> {
  const rows = await listOffers(db, { ids: JSON.stringify(customerIds) });
  return new Map(
    rows.flatMap(({ id, offers }) => {
      const why = offerRefusal({ isToPremium: premium.has(id), offers });
      return why === null ? [] : [[id, why] as const];
    }),
  );
}

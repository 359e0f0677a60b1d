import { sql } from 'drizzle-orm';
import { ask, queryOne } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { SocialKind, SocialPlace } from './places.ts';

export const findKnown = queryOne((db) =>
  db
    .select({ id: sql<string>`c.id` })
    .from(sql`customers AS c`)
    .where(sql`c.id = ${sql.placeholder('customerId')} AND c.withdrawn_at IS NULL`),
);

type WhichSign =
  | { id: string }
  | { customerId: string; kind: SocialKind; place: SocialPlace; link: string | null };

/** One sign by its id, or by what makes it one: the follower and the place, or where the post stands. */
export async function findSign(db: Store, which: WhichSign) {
  const isIt =
    'id' in which
      ? sql`s.id = ${which.id}`
      : which.kind === 'follow'
        ? sql`s.kind = 'follow' AND s.customer_id = ${which.customerId} AND s.place = ${which.place}`
        : sql`s.link IS NOT NULL AND s.link = ${which.link}`;
  const [row] = await ask(db, (query) =>
    query
      .select({
        id: sql<string>`s.id`,
        customerId: sql<string>`s.customer_id`,
        withdrawnAt: sql<number | null>`s.withdrawn_at`.mapWith(Number),
      })
      .from(sql`social_signs AS s`)
      .where(isIt)
      .limit(1),
  );
  return row ?? null;
}

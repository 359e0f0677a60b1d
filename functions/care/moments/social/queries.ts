import { type SQL, sql } from 'drizzle-orm';
import { ask, queryOne } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { SocialKind, SocialPlace } from './places.ts';
import { postLink, spellingsOf } from './post-link.ts';

export const findKnown = queryOne((db) =>
  db
    .select({ id: sql<string>`c.id` })
    .from(sql`customers AS c`)
    .where(sql`c.id = ${sql.placeholder('customerId')} AND c.withdrawn_at IS NULL`),
);

type WhichSign =
  | { id: string }
  | { customerId: string; kind: SocialKind; place: SocialPlace; link: string | null };

/** One sign by its id, or by what makes it one: the follower and the place, or where the post stands, however that was spelled. */
export async function findSign(db: Store, which: WhichSign) {
  if ('id' in which) return (await listSigned(db, { isIt: sql`s.id = ${which.id}` }))[0] ?? null;
  const { customerId, kind, place, link } = which;
  if (kind === 'post') return link === null ? null : findPost(db, link);
  const isIt = sql`s.kind = 'follow' AND s.customer_id = ${customerId} AND s.place = ${place}`;
  return (await listSigned(db, { isIt }))[0] ?? null;
}

/** The post of a link, by each spelling in which it may have been logged. */
export async function findPost(db: Store, link: string) {
  const from = sql`json_each(${JSON.stringify(spellingsOf(link))}) AS j CROSS JOIN social_signs AS s INDEXED BY social_signs_post
    ON s.link BETWEEN j.value ->> 0 AND j.value ->> 1`;
  const found = await listSigned(db, { from, isIt: sql`s.link IS NOT NULL` });
  const same = found.filter((one) => one.link !== null && postLink(one.link) === link);
  return same.find((one) => one.link === link) ?? same[0] ?? null;
}

function listSigned(db: Store, { from = sql`social_signs AS s`, isIt }: { from?: SQL; isIt: SQL }) {
  return ask(db, (query) =>
    query
      .select({
        id: sql<string>`s.id`,
        customerId: sql<string>`s.customer_id`,
        link: sql<string | null>`s.link`,
        withdrawnAt: sql<number | null>`s.withdrawn_at`.mapWith(Number),
      })
      .from(from)
      .where(isIt)
      .orderBy(sql`s.id`),
  );
}

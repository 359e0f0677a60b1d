import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';

/** Whether somebody's newest choice is to be shown, while their account is in the club. */
const shownNow = `d.is_shown = 1
  AND d.id = (SELECT max(id) FROM directory_choices WHERE customer_id = d.customer_id)
  AND EXISTS (SELECT 1 FROM club_memberships m WHERE m.account_id = d.account_id
    AND m.id NOT IN (SELECT membership_id FROM club_endings WHERE account_id = d.account_id))`;

const gave = (from: string, to: string) =>
  `EXISTS (SELECT 1 FROM directory_messages WHERE from_id = ${from} AND to_id = ${to} AND gives_address = 1)`;

/** Who shows themselves now; the address of those with whom the reader has exchanged it. Asked with `{ customerId }`. */
export const listShown = query((db) =>
  db
    .select({
      customerId: sql<string>`d.customer_id`,
      name: sql<string>`d.name`,
      company: sql<string | null>`d.company`,
      interests: sql<string | null>`d.interests`,
      address: sql<string | null>`CASE WHEN ${sql.raw(gave('d.customer_id', 'me.id'))}
        AND ${sql.raw(gave('me.id', 'd.customer_id'))} THEN c.email END`,
    })
    .from(sql`directory_choices d JOIN customers c ON c.id = d.customer_id AND c.withdrawn_at IS NULL AND c.closed_at IS NULL
      JOIN (SELECT ${sql.placeholder('customerId')} AS id) me`)
    .where(sql.raw(shownNow))
    .orderBy(sql`d.name`, sql`d.id`)
    .limit(500),
);

/** What somebody said last of themselves. */
export const findChoice = query((db) =>
  db
    .select({
      isShown: sql<boolean>`is_shown`.mapWith(readFlag),
      name: sql<string>`name`,
      company: sql<string | null>`company`,
      interests: sql<string | null>`interests`,
    })
    .from(sql`directory_choices`)
    .where(sql`customer_id = ${sql.placeholder('customerId')}`)
    .orderBy(sql`id DESC`)
    .limit(1),
);

/** How many messages somebody has written since a moment. */
export const countWritten = query((db) =>
  db
    .select({ messages: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`directory_messages`)
    .where(sql`from_id = ${sql.placeholder('customerId')} AND at > ${sql.placeholder('since')}`),
);

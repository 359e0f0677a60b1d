import { and, asc, gt, inArray, lt, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { receivedMails } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Of mail that nobody sends any more. */
const isOver = '(sent_at IS NOT NULL OR failed_at IS NOT NULL OR withheld_at IS NOT NULL)';
const among = 'id IN (SELECT value FROM json_each(?))';

/** Mail whose words are gone holds an empty text, and is not in the index. */
const listOldMails = query((db) =>
  db
    .select({ id: sql<string>`id`.mapWith(String), at: sql<number>`created_at`.mapWith(Number) })
    .from(sql`outbox INDEXED BY outbox_words`)
    .where(
      sql`letter IS NOT '' AND created_at >= ${sql.placeholder('place')} AND created_at < ${sql.placeholder('before')}
        AND ${sql.raw(isOver)}`,
    )
    .orderBy(sql`created_at`)
    .limit(sql.placeholder('limit')),
);

const listOldReceived = query((db) =>
  db
    .select({ id: receivedMails.id })
    .from(receivedMails)
    .where(
      and(
        gt(receivedMails.id, sql.placeholder('place')),
        lt(receivedMails.at, sql.placeholder('before')),
        inArray(receivedMails.state, ['taken', 'left_out']),
      ),
    )
    .orderBy(asc(receivedMails.id))
    .limit(sql.placeholder('limit')),
);

/**
 * Forgets what mails said. That a customer was written to, when and of what stays in their history; mail to an address alone
 * and what is known of mail that came in go whole. Which ones is read before, from where the slice before ended: nobody who
 * writes meanwhile waits for that.
 */
export async function dropOldMails({ db }: Context, slice: RetentionSlice): Promise<number> {
  const { places, before, limit } = slice;
  const place = Number(places.get('mails') ?? 0);
  const mails = await listOldMails(db.fresh, { place, before, limit });
  const behind = places.get('received') ?? '';
  const received = await listOldReceived(db.fresh, { place: behind, before, limit });
  const statements = [...forgotten(mails), ...gone(received)];
  if (statements.length === 0) return 0;
  const changed = await db.write(statements);
  places.set('mails', String(mails.at(-1)?.at ?? place));
  places.set('received', received.at(-1)?.id ?? behind);
  return changed.reduce((sum, rows) => sum + rows.length, 0);
}

/** One that is to be sent again since keeps its words. */
function forgotten(mails: readonly { id: string }[]): Statement[] {
  if (mails.length === 0) return [];
  const ids = idsOf(mails);
  return [
    statement(`DELETE FROM outbox WHERE ${among} AND customer_id IS NULL AND ${isOver} RETURNING 1`, ids),
    statement(
      `UPDATE outbox SET letter = '', rendered = NULL WHERE ${among} AND customer_id IS NOT NULL AND ${isOver} RETURNING 1`,
      ids,
    ),
  ];
}

const gone = (received: readonly { id: string }[]): Statement[] =>
  received.length === 0
    ? []
    : [
        statement(
          `DELETE FROM received_mails WHERE ${among} AND state IN ('taken', 'left_out') RETURNING 1`,
          idsOf(received),
        ),
      ];

const idsOf = (rows: readonly { id: string }[]) => JSON.stringify(rows.map(({ id }) => id));

import { type SQL, sql } from 'drizzle-orm';
import { toStatement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { assert } from '../platform/errors.ts';
import type { LetterParams, Template } from './letter-kind.ts';
import { writeParams } from './letters.ts';
import { urgencyOf } from './queue-mail.ts';

/** Mails of one kind to many: one statement whatever their number, which writes them only where `when` holds. */
export function queueMails<T extends Template>(
  ctx: Pick<Context, 'house' | 'now'>,
  {
    template,
    mails,
    when,
  }: {
    template: T;
    mails: readonly { id: string; customerId: string; params: LetterParams[T] }[];
    when: SQL;
  },
): Statement {
  const now = ctx.now();
  const rows = mails.map(({ id, customerId, params }) => [id, customerId, writeParams(params)]);
  return toStatement(sql`INSERT INTO outbox (id, template, urgency, params, customer_id, created_at, next_try_at, tries)
    SELECT value ->> 0, ${template}, ${urgencyOf(ctx, template)}, value ->> 2, value ->> 1, ${now}, ${now}, 0
    FROM json_each(${JSON.stringify(rows)}) WHERE ${when}`);
}

/** Lets mails of a list be that wait for their turn, for a reason; one that is on its way goes. @returns how many */
export async function withholdWaiting(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { ids, reason }: { ids: SQL; reason: string },
): Promise<number> {
  const at = now();
  const [rows] = await db.write([
    toStatement(sql`UPDATE outbox SET withheld_at = ${at}, failure = ${reason}, rendered = NULL
      WHERE id IN (${ids}) AND sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL AND next_try_at <= ${at}
      RETURNING id`),
  ]);
  assert(rows !== undefined, 'a statement answers rows');
  return rows.length;
}

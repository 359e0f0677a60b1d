import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { query, statement } from '../../db/query.ts';
import { outbox } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

/** A mail that somebody else decided about meanwhile gives NULL, which the table refuses with the batch. */
const ifFailed =
  '(SELECT ? FROM outbox WHERE id = ? AND failed_at IS NOT NULL AND sent_at IS NULL AND withheld_at IS NULL)';

const findFailed = query((db) =>
  db
    .select({ failure: outbox.failure })
    .from(outbox)
    .where(
      and(
        eq(outbox.id, sql.placeholder('mailId')),
        isNotNull(outbox.failedAt),
        isNull(outbox.sentAt),
        isNull(outbox.withheldAt),
      ),
    ),
);

/**
 * Sends a mail again that was given up, for another day, under the same key; it may arrive twice where nobody knows
 * whether it did. Staff decide so, never the clock.
 * @throws {AppError} `not_found` when it does not wait for a decision, `forbidden`
 */
export async function retryMail(ctx: Context, { mailId }: { mailId: string }): Promise<void> {
  const again = statement(
    `UPDATE outbox SET next_try_at = ${ifFailed}, failed_at = NULL, first_try_at = NULL, tries = 0 WHERE id = ?`,
    ctx.now(),
    mailId,
    mailId,
  );
  await decide(ctx, { mailId, decision: again, act: 'mail.sent-again' });
  ctx.wakeMail('soon');
}

/** Gives a mail up for good; the portal still shows it. @throws {AppError} `not_found`, `forbidden` */
export async function dropMail(ctx: Context, { mailId }: { mailId: string }): Promise<void> {
  const drop = statement(
    `UPDATE outbox SET next_try_at = ${ifFailed}, withheld_at = ?, failure = 'dropped', rendered = NULL WHERE id = ?`,
    ctx.now(),
    mailId,
    ctx.now(),
    mailId,
  );
  await decide(ctx, { mailId, decision: drop, act: 'mail.dropped' });
}

async function decide(
  ctx: Context,
  { mailId, decision, act }: { mailId: string; decision: Statement; act: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [failed] = await findFailed(ctx.db.fresh, { mailId });
  if (failed === undefined) throw decided();
  const { failure } = failed;
  try {
    const noted = recordAct(ctx, { act, subjectKind: 'mail', subjectId: mailId, detail: { failure } });
    await ctx.db.write([decision, noted]);
  } catch (error) {
    throw isConflictOn(error, 'NOT NULL constraint failed: outbox.next_try_at') ? decided() : error;
  }
}

function decided(): AppError {
  return new AppError('not_found', 'This mail waits for no decision.');
}

import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { outbox } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

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

const again = `UPDATE outbox SET next_try_at = ${ifFailed}, failed_at = NULL, first_try_at = NULL, tries = 0 WHERE id = ?`;
const drop = `UPDATE outbox SET next_try_at = ${ifFailed}, withheld_at = failed_at, failure = 'dropped', rendered = NULL
  WHERE id = ?`;

/**
 * What becomes of a mail that was given up. `retry` sends it again for another day, under the same key; it may arrive
 * twice where nobody knows whether it did, so staff decide that and never the clock. `drop` lets it be; the portal shows
 * it all the same.
 * @throws {AppError} `not_found` when it waits for no decision, `forbidden`
 */
export async function decideFailure(
  ctx: Context,
  { mailId, decision }: { mailId: string; decision: 'retry' | 'drop' },
): Promise<true> {
  allow(ctx.actor, 'customers:write');
  const [failed] = await findFailed(ctx.db.fresh, { mailId });
  if (failed === undefined) throw decided();
  const kind = decision === 'retry' ? 'mail.sent-again' : 'mail.dropped';
  const { failure } = failed;
  try {
    await writeDecision(ctx, {
      rows: [statement(decision === 'retry' ? again : drop, ctx.now(), mailId, mailId)],
      audit: { kind, subjectKind: 'mail', subjectId: mailId, detail: { failure } },
    });
  } catch (error) {
    throw isConflictOn(error, 'NOT NULL constraint failed: outbox.next_try_at') ? decided() : error;
  }
  if (decision === 'retry') ctx.wakeMail('soon');
  return true;
}

function decided(): AppError {
  return new AppError('not_found', 'This mail waits for no decision.');
}

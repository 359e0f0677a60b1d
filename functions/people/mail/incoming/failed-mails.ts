import { statement } from '../../../../db/query.ts';
import type { Row } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';

const LISTED_MAX = 50;

/** What is kept of why the provider did not hand a mail out. */
export const notFetched = (reason: string) => `provider: ${reason}`;

/** What a person has to decide about. */
export const failedMailRows = "SELECT 1 FROM received_mails WHERE state = 'failed'";

/** A mail that came in and could not be read. */
export interface UnreadMail {
  id: string;
  at: number;
  /** Null to those who are told no more of people than who they are. */
  address: string | null;
  subject: string | null;
  /** `gone`: the provider knows it no more; `unreachable`: it never answered; `ours`: something here refused it. */
  reason: 'gone' | 'unreachable' | 'ours';
  tries: number;
}

/** The oldest first, at most 50. @throws {AppError} `forbidden`, `scope_missing` */
export async function listFailedMails(ctx: Context): Promise<UnreadMail[]> {
  allow(ctx.actor, 'contacts:read');
  const rows = await ctx.db.read(
    statement(
      `SELECT id, at, address, subject, reason, tries FROM received_mails WHERE state = 'failed' ORDER BY at, id LIMIT ?`,
      LISTED_MAX,
    ),
  );
  const isPrivate = mayReadPrivate(ctx.actor);
  return rows.map((row) => toFailed(row, isPrivate));
}

/** What is known of one, to be made something of by hand. @throws {AppError} `not_found` where it is decided, `forbidden` */
export async function getFailedMail(
  ctx: Context,
  { id }: { id: string },
): Promise<UnreadMail & { address: string }> {
  allow(ctx.actor, 'contacts:write');
  const [row] = await ctx.db.fresh.read(
    statement(
      `SELECT id, at, address, subject, reason, tries FROM received_mails WHERE id = ? AND state = 'failed'`,
      id,
    ),
  );
  if (row === undefined) throw decided();
  return { ...toFailed(row, true), address: String(row[2]) };
}

/** Asks the provider for it anew, from the next minute on. @throws {AppError} `not_found`, `forbidden` */
export async function retryFailedMail(ctx: Context, { id }: { id: string }): Promise<void> {
  const { reason } = await getFailedMail(ctx, { id });
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE received_mails SET state = 'waiting', tries = 0, next_try_at = ? WHERE id = ? AND state = 'failed'`,
        ...[ctx.now(), id],
      ),
    ],
    audit: { kind: 'mail.fetched-again', subjectKind: 'mail', subjectId: id, detail: { failure: reason } },
  });
}

/** Nothing is made of it. @throws {AppError} `not_found`, `forbidden` */
export async function discardFailedMail(ctx: Context, { id }: { id: string }): Promise<void> {
  const { reason } = await getFailedMail(ctx, { id });
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE received_mails SET state = 'left_out', reason = 'discarded', subject = NULL WHERE id = ? AND state = 'failed'`,
        id,
      ),
    ],
    audit: { kind: 'mail.discarded', subjectKind: 'mail', subjectId: id, detail: { failure: reason } },
  });
}

/** What a failed mail became by hand. */
export async function endFailedMail(
  ctx: Context,
  { id, contactId }: { id: string; contactId: string },
): Promise<void> {
  await writeDecision(ctx, {
    rows: [
      statement(
        `UPDATE received_mails SET state = 'taken', reason = NULL, became_kind = 'contact', became_id = ?, subject = NULL
       WHERE id = ? AND state = 'failed'`,
        ...[contactId, id],
      ),
    ],
    audit: { kind: 'mail.assigned', subjectKind: 'mail', subjectId: id, detail: { contact: contactId } },
  });
}

const decided = () => new AppError('not_found', 'Nothing is to be decided about this mail.');

function toFailed([id, at, address, subject, reason, tries]: Row, isPrivate: boolean): UnreadMail {
  const told = String(reason);
  return {
    ...{ id: String(id), at: Number(at), tries: Number(tries) },
    address: isPrivate ? String(address) : null,
    subject: isPrivate && typeof subject === 'string' ? subject : null,
    reason: told === 'unknown_mail' ? 'gone' : told.startsWith(notFetched('')) ? 'unreachable' : 'ours',
  };
}

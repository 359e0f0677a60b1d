import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { staff } from '../../../db/schema/index.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type CaseMove, mayMove, stateAfterMove } from './case-state.ts';
import { changeCase, notMovable } from './change-case.ts';
import type { FeedbackRow } from './queries.ts';

/** How staff name a case: the feedback's id. `key` makes the same form sent twice one act. */
export interface CaseAct {
  feedbackId: string;
  key?: string | null;
}

const findActiveStaff = queryOne((db) =>
  db
    .select({ id: staff.id })
    .from(staff)
    .where(sql`${eq(staff.id, sql.placeholder('id'))} AND ${staff.disabledAt} IS NULL`),
);

/**
 * Gives a case to a member of staff, or to nobody.
 * @throws {AppError} `not_found` for who does not work here, `forbidden`
 */
export async function assignCase(
  ctx: Context,
  { staffId, ...act }: CaseAct & { staffId: string | null },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  if (staffId !== null && (await findActiveStaff(ctx.db.fresh, { id: staffId })) === null) {
    throw new AppError('not_found', 'Nobody like that works here.');
  }
  await changeCase(ctx, act, () => ({
    events: [{ kind: 'assigned', subjectId: staffId }],
    audit: { kind: 'feedback.assigned', detail: { to: staffId } },
  }));
}

/**
 * Moves a case by hand; the customer is told by mail, unless they said it elsewhere.
 * @throws {AppError} `case_not_movable`, `not_found`, `forbidden`
 */
export async function moveCase(ctx: Context, { move, ...act }: CaseAct & { move: CaseMove }): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await changeCase(ctx, act, (row) => {
    if (!mayMove(row.case?.state ?? 'open', move)) throw notMovable();
    const state = stateAfterMove[move];
    return {
      events: [{ kind: move }],
      history: { kind: `case_${move}` },
      audit: { kind: 'feedback.moved', detail: { to: state } },
      letters: caseStateLetters(row, state),
    };
  });
  ctx.wakeMail('soon');
}

function caseStateLetters(
  { customerId, reference, rootId, source }: FeedbackRow,
  state: (typeof stateAfterMove)[CaseMove],
): Mail[] {
  if (customerId === null || source === 'mention') return [];
  const params = { reference, state, rootId: rootId ?? undefined };
  return [{ template: 'case_state', params, customerId }];
}

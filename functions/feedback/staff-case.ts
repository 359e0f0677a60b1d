import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../db/query.ts';
import { staff } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type CaseMove, mayMove } from './case-state.ts';
import { changeCase, event, notMovable } from './change-case.ts';
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
  await changeCase(ctx, { ...act, history: null }, () => ({
    events: [event('assigned', staffId)],
    statements: () => [acted(ctx, 'feedback.assigned', act.feedbackId, { to: staffId })],
  }));
}

/**
 * Moves a case by hand; the customer is told by mail.
 * @throws {AppError} `case_not_movable`, `not_found`, `forbidden`
 */
export async function moveCase(ctx: Context, { move, ...act }: CaseAct & { move: CaseMove }): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await changeCase(ctx, { ...act, history: `case_${move}` }, (row) => {
    if (!mayMove(row.case?.state ?? 'open', move)) throw notMovable();
    return {
      events: [event(move)],
      statements: ({ state }) => [
        acted(ctx, 'feedback.moved', act.feedbackId, { to: state }),
        ...(state === 'answered' ? [] : stateMail(ctx, row, state)),
      ],
    };
  });
  ctx.wakeMail('soon');
}

function stateMail(
  ctx: Context,
  { customerId, reference }: FeedbackRow,
  state: 'open' | 'waiting' | 'resolved' | 'closed',
): Statement[] {
  if (customerId === null) return [];
  return [
    queueMail({
      template: 'case_state',
      params: { reference, state },
      customerId,
      language: null,
      at: ctx.now(),
    }),
  ];
}

/** The row of the audit log for an act on a case. */
export function acted(ctx: Context, act: string, feedbackId: string, detail: Record<string, unknown> = {}) {
  return recordAct(ctx, { act, subjectKind: 'feedback', subjectId: feedbackId, detail });
}

import { isConflictOn, type Statement } from '../../db/store.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { note } from '../accounts/note.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';
import { addBusinessHours, parseWeek } from '../platform/business-hours.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError, assert } from '../platform/errors.ts';
import { type CaseEventKind, type CaseNow, caseAfter } from './case-state.ts';
import { type FeedbackRow, findFeedback } from './queries.ts';
import { caseStatements, type NewCaseEvent } from './statements.ts';

export interface CaseChange {
  feedbackId: string;
  /** What makes the same form sent twice one act. */
  key?: string | null;
  /** The kind of the row in the account's history; null for what happens within the business alone. */
  history: string | null;
}

/** What is to become of a case, and what is written beside it. */
export interface CaseDecision {
  events: readonly NewCaseEvent[];
  /** Told the case as it will be. */
  statements: (after: CaseNow) => readonly Statement[];
}

/**
 * Moves the case of some feedback by what `decide` makes of it, opening one where there is none; one atomic write,
 * decided again when somebody else moved it meanwhile. Answers whether anything was written: not when its key was used
 * before.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export async function changeCase(
  ctx: Context,
  change: CaseChange,
  decide: (row: FeedbackRow) => CaseDecision,
): Promise<boolean> {
  const { feedbackId, history } = change;
  const [row, business] = await Promise.all([
    findFeedback(ctx.db.fresh, { id: feedbackId }),
    getBusiness(ctx),
  ]);
  if (row === null) throw noFeedback();
  const { rootId } = row;
  try {
    if (history === null || rootId === null) {
      const work = async () => ctx.db.write(await planCase(ctx, business, { change, decide }));
      await changeAccount(ctx, `feedback:${feedbackId}`, work);
    } else {
      await note(ctx, rootId, async (seen) => {
        const statements = await planCase(seen, business, { change, decide });
        return { kind: history, detail: historyDetail(row), statements, result: null };
      });
    }
    return true;
  } catch (error) {
    if (!isConflictOn(error, 'case_events.key')) throw error;
    return false;
  }
}

/** The statements of one change of a case, decided on what stands now. */
export async function planCase(
  ctx: Context,
  business: Business,
  { change, decide }: { change: CaseChange; decide: (row: FeedbackRow) => CaseDecision },
): Promise<Statement[]> {
  const { feedbackId } = change;
  const row = await findFeedback(ctx.db.fresh, { id: feedbackId });
  if (row === null) throw noFeedback();
  const { events, statements } = decide(row);
  const all = row.case === null ? [event('opened'), ...events] : events;
  const after = afterAll(row.case, all, { now: ctx.now(), business });
  const key = change.key == null ? null : `${actorName(ctx.actor)}:${change.key}`;
  const moved = { feedbackId, before: row.case, after, events: all, key };
  return [...caseStatements(ctx, moved), ...statements(after)];
}

/** The case after some events at once; its clock runs by the business's hours. */
export function afterAll(
  before: CaseNow | null,
  events: readonly NewCaseEvent[],
  { now, business }: { now: number; business: Business },
): CaseNow {
  let after = before;
  for (const one of events) after = caseAfter(after, { ...one, at: now }, (at) => replyDue(business, at));
  assert(after !== null, 'a case begins with an event');
  return after;
}

/** Until when somebody who begins to wait at an instant is answered. */
export function replyDue(business: Business, from: number): number {
  const week = parseWeek(policyOf(business, 'businessHours')) ?? [];
  const opening = { week, timeZone: business.timeZone };
  return addBusinessHours(from, policyOf(business, 'replyHours'), opening);
}

/** What the account's history tells of feedback. */
export function historyDetail({ id, reference }: { id: string; reference: string }) {
  return { feedback: id, number: reference };
}

export const event = (kind: CaseEventKind, subjectId: string | null = null): NewCaseEvent => ({
  kind,
  subjectId,
});

export const notMovable = () =>
  new AppError('case_not_movable', 'The case does not stand where this could be done; look at it again.');

export const noFeedback = () => new AppError('not_found', 'There is no such feedback.');

import { isConflictOn } from '../../../db/store.ts';
import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toAccountStatements, writeDecision } from '../../ground/decision/write-decision.ts';
import type { HistoryKind } from '../../ground/history/history-kind.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { decideOnAccount } from '../../money/accounts/change-account.ts';
import { findNextPlace } from '../../money/accounts/write-history.ts';
import { type CaseNow, caseAfter } from './case-state.ts';
import { type FeedbackRow, findFeedback } from './queries.ts';
import { findReplyClock, type ReplyClock } from './reply-clock.ts';
import { caseStatements, type NewCaseEvent } from './statements.ts';

/** What makes up an act on a case: whose feedback, and what makes the same form sent twice one act. */
export interface CaseChange {
  feedbackId: string;
  key?: string | null;
}

/** What is to become of a case, and what else is done. */
export interface CaseDecision extends Pick<Decision, 'rows' | 'letters' | 'also' | 'beside'> {
  events: readonly NewCaseEvent[];
  /** What the account's history tells; left out for what happens within the business alone, and not told of what was said elsewhere. */
  history?: { kind: HistoryKind };
  /** What the audit log keeps of the feedback; left out for acts of customers. */
  audit?: Pick<AuditLine, 'kind' | 'detail'>;
}

type Deciding = (row: FeedbackRow) => CaseDecision | Promise<CaseDecision>;

/**
 * Moves the case of some feedback by what `decide` makes of it, opening one where there is none; one atomic write,
 * decided again when somebody else moved it meanwhile. Answers whether anything was written: not when its key was used
 * before.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export async function changeCase(ctx: Context, change: CaseChange, decide: Deciding): Promise<boolean> {
  const row = await findFeedback(ctx.db.fresh, { id: change.feedbackId });
  if (row === null) throw noFeedback();
  const { rootId } = row;
  try {
    await decideOnAccount(ctx, rootId ?? `feedback:${change.feedbackId}`, async (seen) => {
      const [place, { history, ...decision }] = await Promise.all([
        rootId === null ? null : findNextPlace(seen.db.fresh, rootId),
        decideCase(seen, change, decide),
      ]);
      if (history === undefined || rootId === null) return writeDecision(ctx, decision);
      assert(place !== null, 'feedback is about a root account');
      await ctx.db.write(toAccountStatements(ctx, { ...decision, history }, { rootId, ...place }));
    });
    return true;
  } catch (error) {
    if (!isConflictOn(error, 'case_events.key')) throw error;
    return false;
  }
}

/** One change of a case, decided on what stands now. @throws {AppError} `not_found`, whatever `decide` throws */
export async function decideCase(
  ctx: Context,
  { feedbackId, key = null }: CaseChange,
  decide: Deciding,
): Promise<Decision & { history?: HistoryLine }> {
  const row = await findFeedback(ctx.db.fresh, { id: feedbackId });
  if (row === null) throw noFeedback();
  const { events, rows = [], history, audit, ...others } = await decide(row);
  const all = row.case === null ? [{ kind: 'opened' } as const, ...events] : events;
  const { kind, source, rootId } = row;
  const dueAt = await findReplyClock(ctx, { kind, channel: source, rootId });
  const after = afterAll(row.case, all, { now: ctx.now(), dueAt });
  const scopedKey = key === null ? null : `${actorName(ctx.actor)}:${key}`;
  const moved = { feedbackId, before: row.case, after, events: all, key: scopedKey };
  return {
    ...others,
    rows: [...caseStatements(ctx, moved), ...rows],
    ...(history === undefined || source === 'mention'
      ? {}
      : { history: { ...history, detail: toHistoryDetail(row) } }),
    audit: audit === undefined ? null : { ...audit, subjectKind: 'feedback', subjectId: feedbackId },
  };
}

/** The case after some events at once. */
export function afterAll(
  before: CaseNow | null,
  events: readonly NewCaseEvent[],
  { now, dueAt }: { now: number; dueAt: ReplyClock },
): CaseNow {
  let after = before;
  for (const event of events) after = caseAfter(after, { subjectId: null, ...event, at: now }, dueAt);
  assert(after !== null, 'a case begins with an event');
  return after;
}

/** What the account's history tells of feedback. */
export function toHistoryDetail({ id, reference }: { id: string; reference: string }) {
  return { feedback: id, number: reference };
}

export const notMovable = () =>
  new AppError('case_not_movable', 'The case does not stand where this could be done; look at it again.');

export const noFeedback = () => new AppError('not_found', 'There is no such feedback.');

import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import type { CaseNow } from './case-state.ts';
import { afterAll, toHistoryDetail } from './change-case.ts';
import { findServer } from './find-server.ts';
import { type FeedbackRow, findFeedbackByKey } from './queries.ts';
import { findReplyClock, type ReplyClock } from './reply-clock.ts';
import type { FeedbackKind } from './schema.ts';
import { caseStatements, insertFeedback } from './statements.ts';

/** Feedback as it is to be kept; `key` makes the same one told twice one feedback. */
export interface FeedbackDraft {
  kind: FeedbackKind | 'survey';
  text: string;
  order: { source: string; number: string } | null;
  line: string | null;
  /** A parcel of the order. */
  parcel: string | null;
  servedBy: string | null;
  /** Its name or SKU, where no line of an order says so. */
  product: string | null;
  page: string | null;
  language: string | null;
  wantsReply: boolean;
  source: FeedbackRow['source'];
  customerId: string | null;
  accountId: string | null;
  rootId: string | null;
  key: string | null;
}

/** What became of it. `replyDueAt` is null when no answer is promised. */
export interface Receipt {
  id: string;
  reference: string;
  kind: FeedbackKind | 'survey';
  at: number;
  replyDueAt: number | null;
}

/** What else is decided in the same write. */
type DecideAlso = (receipt: Receipt) => Decision;

/**
 * Writes feedback in one atomic batch with its history, its case where somebody must handle it, and the mail that says
 * that it has come.
 * @throws {StoreConflict} on `feedback.key` when it was told before
 */
export async function writeFeedback(
  ctx: Context,
  draft: FeedbackDraft,
  decideAlso: DecideAlso,
): Promise<Receipt> {
  const { kind, source, rootId } = draft;
  const [dueAt, servedById] = await Promise.all([
    findReplyClock(ctx, { kind, channel: source, rootId }),
    findServer(ctx.db, draft.servedBy),
  ]);
  // References are drawn by chance: one that is taken is drawn again.
  const contention = { subject: 'list of references', conflicts: ['feedback.reference'] };
  const receipt = await retrying(ctx, contention, async () => {
    const { receipt, decision } = receive(ctx, { draft, dueAt, servedById });
    const whole = { ...decision, also: [decideAlso(receipt)] };
    const history = { kind: 'feedback_told', detail: toHistoryDetail(receipt) } as const;
    if (rootId === null || source === 'mention') await writeDecision(ctx, whole);
    else await writeHistory(ctx, rootId, () => ({ history, ...whole }));
    return receipt;
  });
  if (draft.customerId !== null) ctx.wakeMail('soon');
  return receipt;
}

/** What was told under a key before, or what `write` makes of it now, also when two come at once. */
export async function orKnown(
  ctx: Context,
  key: string,
  write: () => Promise<{ id: string; reference: string }>,
): Promise<{ id: string; reference: string }> {
  const known = await findFeedbackByKey(ctx.db.fresh, { key });
  if (known !== null) return known;
  try {
    const { id, reference } = await write();
    return { id, reference };
  } catch (error) {
    if (!isConflictOn(error, 'feedback.key')) throw error;
    const first = await findFeedbackByKey(ctx.db.fresh, { key });
    assert(first !== null, 'a key that is taken has its feedback');
    return first;
  }
}

/** Feedback as it comes in, and what is written of it. */
function receive(
  ctx: Context,
  { draft, dueAt, servedById }: { draft: FeedbackDraft; dueAt: ReplyClock; servedById: string | null },
) {
  const { order, line, ...columns } = draft;
  const now = ctx.now();
  const events = [{ kind: 'opened' } as const];
  const opened: CaseNow | null = opensCase(draft) ? afterAll(null, events, { now, dueAt }) : null;
  const receipt: Receipt = {
    id: newId(),
    reference: newCode(2),
    kind: draft.kind,
    at: now,
    replyDueAt: opened?.replyDueAt ?? null,
  };
  const { id, reference } = receipt;
  const row = {
    ...columns,
    servedById,
    id,
    reference,
    orderSource: order?.source ?? null,
    orderNumber: order?.number ?? null,
    lineId: line,
    at: now,
    actor: actorName(ctx.actor),
  };
  const decision: Decision = {
    rows: [
      insertFeedback(row),
      ...(opened === null
        ? []
        : caseStatements(ctx, { feedbackId: id, before: null, after: opened, events })),
    ],
    letters: receivedLetters(draft, receipt),
  };
  return { receipt, decision };
}

const opensCase = ({ kind, wantsReply }: FeedbackDraft) =>
  wantsReply || kind === 'question' || kind === 'problem' || kind === 'complaint' || kind === 'survey';

function receivedLetters(
  { customerId, rootId, source, language }: FeedbackDraft,
  { reference, replyDueAt }: Receipt,
): Mail[] {
  if (customerId === null || source !== 'portal') return [];
  const params = { reference, replyDueAt, rootId: rootId ?? undefined };
  return [{ template: 'feedback_received', params, customerId, language }];
}

import { isConflictOn, type Statement } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { actorName, type Context } from '../platform/context.ts';
import { assert } from '../platform/errors.ts';
import { newCode, newId } from '../platform/ids.ts';
import type { CaseNow } from './case-state.ts';
import { afterAll, event, historyDetail } from './change-case.ts';
import { findFeedbackByKey } from './queries.ts';
import type { FeedbackKind } from './schema.ts';
import { caseStatements, insertFeedback } from './statements.ts';

/** Feedback as it is to be kept; `key` makes the same one told twice one feedback. */
export interface FeedbackDraft {
  kind: FeedbackKind | 'survey';
  text: string;
  order: { source: string; number: string } | null;
  line: string | null;
  servedBy: string | null;
  page: string | null;
  language: string | null;
  wantsReply: boolean;
  source: 'portal' | 'api' | 'till' | 'import' | 'survey';
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

/** Rows of others that ride in the same batch. */
type Beside = (receipt: Receipt) => readonly Statement[];

/**
 * Writes feedback in one atomic batch with its history, its case where somebody must handle it, and the mail that says
 * that it has come.
 * @throws {StoreConflict} on `feedback.key` when it was told before
 */
export async function writeFeedback(ctx: Context, draft: FeedbackDraft, beside: Beside): Promise<Receipt> {
  const { receipt, statements } = rowsOf(ctx, { draft, beside, business: await getBusiness(ctx) });
  try {
    if (draft.rootId === null) await ctx.db.write(statements);
    else {
      const told = { kind: 'feedback_told', detail: historyDetail(receipt), statements, result: null };
      await note(ctx, draft.rootId, () => told);
    }
  } catch (error) {
    if (isConflictOn(error, 'feedback.reference')) return writeFeedback(ctx, draft, beside);
    throw error;
  }
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

function rowsOf(ctx: Context, about: { draft: FeedbackDraft; business: Business; beside: Beside }) {
  const { draft, business, beside } = about;
  const { order, line, ...columns } = draft;
  const now = ctx.now();
  const events = [event('opened')];
  const opened: CaseNow | null = opensCase(draft) ? afterAll(null, events, { now, business }) : null;
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
    id,
    reference,
    orderSource: order?.source ?? null,
    orderNumber: order?.number ?? null,
    lineId: line,
    at: now,
    actor: actorName(ctx.actor),
  };
  const statements = [
    insertFeedback(row),
    ...(opened === null ? [] : caseStatements(ctx, { feedbackId: id, before: null, after: opened, events })),
    ...receivedMail(draft, receipt),
    ...beside(receipt),
  ];
  return { receipt, statements };
}

const opensCase = ({ kind, wantsReply }: FeedbackDraft) =>
  wantsReply || kind === 'problem' || kind === 'complaint' || kind === 'survey';

function receivedMail({ customerId, source, language }: FeedbackDraft, receipt: Receipt): Statement[] {
  if (customerId === null || source !== 'portal') return [];
  const { reference, at, replyDueAt } = receipt;
  return [
    queueMail({ template: 'feedback_received', params: { reference, replyDueAt }, customerId, language, at }),
  ];
}

import type { Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import type { HistoryKind } from '../../ground/history/history-kind.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { findReplyDue, type ReplyDue } from '../../voice/feedback/reply-clock.ts';
import type { ContactChannel, ContactDirection } from './channels.ts';
import type { ContactRow } from './queries.ts';
import type { ContactDraft } from './schema.ts';
import type { ContactSide } from './side.ts';
import { answerWaiting, insertContact, insertContactEntry } from './statements.ts';
import { planTasks } from './tasks/plan-tasks.ts';

/** A contact that is about to be written: what was said of it, and with whom it was. */
export interface PlannedContact {
  id: string;
  draft: Omit<ContactDraft, 'source'> & { source: ContactRow['source'] };
  side: ContactSide;
  /** The email address of somebody who is no customer. */
  address?: string | null;
  key: string | null;
}

/** What is decided about one: its rows, the tasks that follow, whom it answers, and its line in the history. */
export async function planContact(
  ctx: Context,
  { id, draft, side, address = null, key }: PlannedContact,
): Promise<
  Decision & { history: HistoryLine; taskId: string | null; at: number; rows: readonly Statement[] }
> {
  const now = ctx.now();
  const actor = actorName(ctx.actor);
  const at = Math.min(draft.at ?? now, now);
  const { channel, direction, isMissed, order, staffId } = draft;
  const wantsAnswer = draft.wantsAnswer || (isMissed && direction === 'in');
  const content = contentOf({ ...draft, at });
  const answerDue = wantsAnswer ? await findAnswerDue(ctx, { channel, at, rootId: side.rootId }) : null;
  const row = {
    ...content,
    ...side,
    ...{ id, address, wantsAnswer, key, source: draft.source, reference: draft.reference },
    answerDueAt: answerDue?.at ?? null,
    orderSource: order?.source ?? null,
    orderNumber: order?.number ?? null,
    entrySeq: 1,
  };
  const tasks = await planTasks(ctx, { id, draft, side, address, wantsAnswer, answerDue });
  const answers = isMissed || (direction === 'in' && wantsAnswer);
  return {
    at,
    taskId: tasks.taskId,
    history: { kind: historyKindOf(draft), detail: { contact: id, channel } },
    rows: [
      ...(answers ? [] : answerWaiting({ ...side, address, at, staffId, now, actor })),
      insertContact(row),
      insertContactEntry({
        contactId: id,
        seq: 1,
        kind: 'logged',
        content: exactJson(content),
        at: now,
        actor,
      }),
      ...tasks.rows,
    ],
  };
}

interface Waiting {
  channel: ContactChannel;
  at: number;
  rootId: string | null;
}

/** Until when who waits because of a contact is answered, by the standard of now; null for who waited before it was set. */
export async function answerDueOf(ctx: Context, waiting: Waiting): Promise<number | null> {
  return (await findAnswerDue(ctx, waiting))?.at ?? null;
}

/** The same, and whether a standard says so. */
export function findAnswerDue(ctx: Context, { channel, at, rootId }: Waiting): Promise<ReplyDue | null> {
  return findReplyDue(ctx, { kind: 'contact', channel, rootId }, at);
}

const contentKeys = [
  'channel',
  'direction',
  'isMissed',
  'at',
  'durationS',
  'staffId',
  'summary',
  'mood',
  'satisfaction',
] as const;
/** What an entry about a contact keeps. */
export type ContactContent = Pick<ContactRow, (typeof contentKeys)[number]>;

export function contentOf(told: ContactContent): ContactContent {
  const { channel, direction, isMissed, at, durationS, staffId, summary, mood, satisfaction } = told;
  return { channel, direction, isMissed, at, durationS, staffId, summary, mood, satisfaction };
}

/** By the names of what entries keep: those of which two differ. */
export function changedContent(one: ContactContent, other: ContactContent): string[] {
  return contentKeys.filter((name) => one[name] !== other[name]);
}

/** The kind of the line in the history. */
function historyKindOf({
  direction,
  isMissed,
}: {
  direction: ContactDirection;
  isMissed: boolean;
}): HistoryKind {
  if (direction === 'in') return isMissed ? 'contact_missed' : 'contact_in';
  return isMissed ? 'contact_unreached' : 'contact_out';
}

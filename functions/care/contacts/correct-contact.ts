import type { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { wrongContent } from './check-contact.ts';
import {
  answerDueOf,
  type ContactContent,
  changedContent,
  contentOf,
  findAnswerDue,
} from './plan-contact.ts';
import { type ContactRow, findAnswer, findContactRow } from './queries.ts';
import { correctContactInput } from './schema.ts';
import { answerAnew, answerWaiting, endTasksOf, insertContactEntry, unanswerBy } from './statements.ts';
import { planTasks } from './tasks/plan-tasks.ts';

/**
 * Says anew what was said and done; what stood there before stays to be read beside it. Saying the same changes nothing.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `unavailable`
 */
export async function correctContact(
  ctx: Context,
  input: z.input<typeof correctContactInput>,
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  const { id, ...told } = parseInput(correctContactInput, input);
  const before = await findContactRow(ctx.db.fresh, { id });
  // Who works here no more was here then.
  const staffId = told.staffId === before?.staffId ? null : told.staffId;
  refuseFields(await wrongContent(ctx, { ...told, staffId }));
  await changeContact(ctx, id, async (row) => {
    const changed = changedContent(contentOf(row), told);
    if (row.withdrawnAt !== null || changed.length === 0) return null;
    const rows = await followCorrection(ctx, row, told);
    return { kind: 'corrected', content: told, rows, detail: { fields: changed.join(' ') } };
  });
}

/**
 * Takes back a contact that was none, such as one logged for somebody else; it stays to be read, and counts no more.
 * @throws {AppError} `not_found`, `forbidden`, `unavailable`
 */
export async function withdrawContact(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  await changeContact(ctx, id, async (row) => {
    if (row.withdrawnAt !== null) return null;
    const now = ctx.now();
    const itself = statement('SELECT ?', id);
    return {
      kind: 'withdrawn',
      content: contentOf(row),
      rows: [
        ...endTasksOf(itself, { outcome: 'dropped', now, actor: actorName(ctx.actor) }),
        statement('UPDATE contacts SET withdrawn_at = ? WHERE id = ?', now, id),
        ...unanswerBy(id, { now, actor: actorName(ctx.actor) }),
      ],
      detail: {},
    };
  });
}

interface ContactChange {
  kind: 'corrected' | 'withdrawn';
  content: ContactContent;
  rows: readonly Statement[];
  detail: Record<string, string>;
}

/** Adds an entry to a contact, decided again when somebody else did meanwhile; null changes nothing. */
async function changeContact(
  ctx: Context,
  id: string,
  decide: (row: ContactRow) => Promise<ContactChange | null>,
): Promise<void> {
  const known = await findContactRow(ctx.db.fresh, { id });
  if (known === null) throw noContact();
  const decideNow = async (seen: Context) => {
    const row = (await findContactRow(seen.db.fresh, { id })) ?? known;
    const change = await decide(row);
    if (change === null) return unchanged;
    const { kind, content, rows, detail } = change;
    const done = { at: ctx.now(), actor: actorName(ctx.actor) };
    const decision: Decision = {
      rows: [
        insertContactEntry({
          contactId: id,
          seq: row.entrySeq + 1,
          kind,
          content: exactJson(content),
          ...done,
        }),
        updateContent(row, content, await dueAfter(seen, row, content)),
        ...rows,
      ],
      audit: { kind: `contact.${kind}`, subjectKind: 'contact', subjectId: id, detail },
    };
    const line = { kind: `contact_${kind}`, detail: { contact: id, channel: content.channel } } as const;
    return { ...decision, history: line };
  };
  if (known.rootId !== null) return writeHistory(ctx, known.rootId, decideNow);
  await retrying(ctx, { subject: 'contact' }, async () => {
    const decided = await decideNow(ctx);
    if (!('history' in decided)) return;
    const { history: _none, ...decision } = decided;
    await writeDecision(ctx, decision);
  });
}

/** Who waited for a call that nobody took does not where somebody took it; who asked for an answer still does. */
const isWaiting = (row: ContactRow, { direction, isMissed }: ContactContent): boolean =>
  direction === 'in' && (isMissed || (row.wantsAnswer && !row.isMissed));

/** Whoever waits for us because of what is said now is called back, and whoever does not is not. */
async function followCorrection(ctx: Context, row: ContactRow, told: ContactContent): Promise<Statement[]> {
  const { id, customerId, accountId, rootId, number, address } = row;
  const done = { now: ctx.now(), actor: actorName(ctx.actor) };
  const itself = statement('SELECT ?', id);
  const wantsAnswer = isWaiting(row, told);
  const answers = !told.isMissed && !wantsAnswer;
  const answered = !row.isMissed && !row.wantsAnswer;
  const others = [
    ...(answered && !answers ? unanswerBy(id, done) : []),
    ...(answers && !answered ? answerWaiting({ ...row, ...told, ...done }) : []),
  ];
  if (wantsAnswer === row.wantsAnswer) return others;
  if (!wantsAnswer) return [...endTasksOf(itself, { outcome: 'dropped', ...done }), ...others];
  const answer = await findAnswer(ctx.db.fresh, { id, at: told.at, customerId, number, address });
  const side = { customerId, accountId, rootId, number };
  const draft = { channel: told.channel, staffId: told.staffId, nextStep: null };
  const { channel, at } = told;
  const answerDue = await findAnswerDue(ctx, { channel, at, rootId });
  const tasks = await planTasks(ctx, { id, draft, side, address, wantsAnswer: answer === null, answerDue });
  return [answerAnew(itself), ...tasks.rows, ...others];
}

/** Until when they are to be answered: as it was promised, unless they wait since another moment or by another channel. */
async function dueAfter(ctx: Context, row: ContactRow, told: ContactContent): Promise<number | null> {
  if (!isWaiting(row, told)) return null;
  const { channel, at } = told;
  const isSame = row.wantsAnswer && row.channel === channel && row.at === at;
  return isSame ? row.answerDueAt : answerDueOf(ctx, { channel, at, rootId: row.rootId });
}

function updateContent(row: ContactRow, content: ContactContent, dueAt: number | null): Statement {
  const wantsAnswer = isWaiting(row, content);
  const { channel, direction, isMissed, at, durationS, staffId, summary, mood, satisfaction } = content;
  return statement(
    `UPDATE contacts SET channel = ?, direction = ?, is_missed = ?, at = ?, duration_s = ?, staff_id = ?, summary = ?, mood = ?,
       satisfaction = ?, wants_answer = ?, answer_due_at = ?, entry_seq = entry_seq + 1 WHERE id = ?`,
    ...[channel, direction, isMissed ? 1n : 0n, at, durationS, staffId, summary, mood],
    ...[satisfaction, wantsAnswer ? 1n : 0n, dueAt, row.id],
  );
}

export const noContact = () => new AppError('not_found', 'There is no such contact.');

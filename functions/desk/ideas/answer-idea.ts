import type { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { thankStaff } from '../../people/thanks/thank-staff.ts';
import { noIdea } from './list-ideas.ts';
import { findAddress, findIdeaRow, findLastAnswer, type IdeaRow } from './queries.ts';
import { answerIdeaInput, type IdeaState, WORDS_LENGTH_MAX } from './schema.ts';
import { insertIdeaAct } from './tell-idea.ts';

export interface AnsweredIdea {
  id: string;
  state: IdeaState;
}

const contention = { subject: 'idea', conflicts: ['staff_idea_acts', 'staff_thanks'] };

/**
 * Says what becomes of an idea, by mail to its author; a no says why. Whose idea is done is thanked, once. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`, `scope_missing`, `unavailable`
 */
export async function answerIdea(
  ctx: Context,
  { id, ...typed }: { id: string } & z.input<typeof answerIdeaInput>,
  options: Alongside<AnsweredIdea> = {},
): Promise<AnsweredIdea> {
  allow(ctx.actor, 'settings:write');
  const { state, words } = parseInput(answerIdeaInput, typed);
  const answer: AnsweredIdea = { id, state };
  const beside = options.alongside?.(answer, 201) ?? [];
  await retrying(ctx, contention, async () => {
    const idea = await findIdeaRow(ctx.db.fresh, { id });
    if (idea === null) throw noIdea();
    if (await isSaid(ctx, idea, { state, words })) return writeDecision(ctx, { beside });
    await writeDecision(ctx, {
      rows: actRows(ctx, idea, { kind: state, words, state }),
      audit: { kind: 'idea.answered', subjectKind: 'idea', subjectId: id, detail: { to: state } },
      also: [await tellAuthor(ctx, idea, { state, words })],
      beside,
    });
  });
  ctx.wakeMail('soon');
  return answer;
}

/**
 * Thanks whose idea it is, once, with words of who does; nobody thanks themselves.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`
 */
export async function thankForIdea(
  ctx: Context,
  { id, words: typed }: { id: string; words: string },
): Promise<void> {
  allow(ctx.actor, 'settings:write');
  const words = parseInput(freeText(WORDS_LENGTH_MAX), typed);
  await retrying(ctx, contention, async () => {
    const idea = await findIdeaRow(ctx.db.fresh, { id });
    if (idea === null) throw noIdea();
    if (ctx.actor.kind === 'staff' && ctx.actor.id === idea.staffId)
      throw new AppError('forbidden', 'Nobody thanks themselves.');
    const thanks = await thankStaff(ctx, {
      ...{ staffId: idea.staffId, kind: 'idea_thanked', subject: id, count: null },
      words: withTitle(idea, words),
    });
    if (thanks.rows === undefined) return;
    await writeDecision(ctx, {
      rows: actRows(ctx, idea, { kind: 'thanked', words, state: idea.state }),
      audit: { kind: 'idea.thanked', subjectKind: 'idea', subjectId: id },
      also: [thanks],
    });
  });
  ctx.wakeMail('soon');
}

/** Whether an idea stands there already, with nothing new to say of it. */
async function isSaid(
  ctx: Context,
  idea: IdeaRow,
  { state, words }: { state: IdeaState; words: string | null },
): Promise<boolean> {
  if (idea.state !== state) return false;
  if (words === null) return true;
  const last = await findLastAnswer(ctx.db.fresh, { ideaId: idea.id });
  return last?.kind === state && last.words === words;
}

function actRows(
  ctx: Context,
  { id, actSeq }: IdeaRow,
  { state, ...act }: { kind: IdeaState | 'thanked'; words: string | null; state: IdeaState },
) {
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  return [
    insertIdeaAct({ ideaId: id, seq: actSeq + 1, ...act, ...done }),
    statement('UPDATE staff_ideas SET state = ?, act_seq = act_seq + 1 WHERE id = ?', state, id),
  ];
}

/** Which idea it is, in front of what is said of it. */
const withTitle = ({ title }: Pick<IdeaRow, 'title'>, words: string | null) =>
  words === null ? title : `${title}\n\n${words}`;

/** One mail: the thanks for an idea that is done, else how it stands. Nothing to who answers their own. */
async function tellAuthor(
  ctx: Context,
  { id, title, staffId }: IdeaRow,
  { state, words }: { state: IdeaState; words: string | null },
): Promise<Decision> {
  if (ctx.actor.kind === 'staff' && ctx.actor.id === staffId) return {};
  if (state === 'done') {
    const thanks = await thankStaff(ctx, {
      ...{ staffId, kind: 'idea_done', subject: id, count: null },
      words: withTitle({ title }, words),
    });
    if (thanks.rows !== undefined) return thanks;
  }
  const author = await findAddress(ctx.db.fresh, { id: staffId });
  if (author === null) return {};
  const params = { ideaId: id, title, state, words };
  return { letters: [{ template: 'idea_answered', params, address: author.email }] };
}

import { z } from 'zod';
import { allow, customerIdOf } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { isMemberNow } from '../standing.ts';
import { type Names, namesShape, readNames, readTexts, type Texts } from '../texts.ts';
import { countChoices, listComments, listOwnAnswers, listQuestions } from './queries.ts';

/** A question to the members; the counts are shown to members once it is closed or they have answered. */
export interface PanelQuestion {
  id: string;
  texts: Texts;
  choices: { names: Names; answers: number }[];
  answers: number;
  closesAt: number;
  isOpen: boolean;
  outcome: { names: Names; at: number } | null;
  /** The choice of the reader, by its place. */
  mine: number | null;
  /** For staff only. */
  comments: { choice: number; text: string }[];
}

/** What members are asked, for those who are in the club or answered; null for others. @throws {AppError} `not_found` */
export async function listPanel(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<PanelQuestion[] | null> {
  const customerId = customerIdOf(ctx);
  const place = await choosePlace(ctx, await listOwnPlaces(ctx), accountId);
  const [isMember, questions] = await Promise.all([
    isMemberNow(ctx.db, { accountId: place.rootId, now: ctx.now() }),
    loadQuestions(ctx, customerId),
  ]);
  const shown = isMember ? questions : questions.filter(({ mine }) => mine !== null);
  return isMember || shown.length > 0 ? shown : null;
}

/** The same for staff, with what was written beside the answers. */
export async function listDeskPanel(ctx: Context): Promise<PanelQuestion[]> {
  allow(ctx.actor, 'customers:read');
  const questions = await loadQuestions(ctx, '');
  const comments = await listComments(ctx.db, { ids: JSON.stringify(questions.map(({ id }) => id)) });
  return questions.map((question) => ({
    ...question,
    comments: comments
      .filter(({ questionId }) => questionId === question.id)
      .map(({ choice, comment }) => ({ choice, text: comment ?? '' })),
  }));
}

async function loadQuestions(ctx: Context, customerId: string): Promise<PanelQuestion[]> {
  const now = ctx.now();
  const rows = await listQuestions(ctx.db);
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const [counts, own] = await Promise.all([
    countChoices(ctx.db, { ids }),
    listOwnAnswers(ctx.db, { ids, customerId }),
  ]);
  return rows.map(({ id, texts, choices, closesAt, outcome, outcomeAt }) => {
    const counted = counts.filter(({ questionId }) => questionId === id);
    return {
      id,
      texts: readTexts(texts),
      choices: readChoices(choices).map((names, index) => ({
        names,
        answers: counted.find(({ choice }) => choice === index)?.answers ?? 0,
      })),
      answers: counted.reduce((sum, { answers }) => sum + answers, 0),
      closesAt,
      isOpen: outcome === null && closesAt > now,
      outcome: outcome === null ? null : { names: readNames(outcome), at: outcomeAt ?? 0 },
      mine: own.find(({ questionId }) => questionId === id)?.choice ?? null,
      comments: [],
    };
  });
}

export function readChoices(text: string): Names[] {
  return z.array(namesShape).parse(JSON.parse(text));
}

import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { isPraise, lowAnswerOf } from './low-answer.ts';
import type { Answers } from './path.ts';
import { findInvitation, findInvitationByToken, type InvitationRow, listAnswersOf } from './queries.ts';
import { pageOf, type QuestionnaireView } from './questionnaire.ts';
import { readDefinition } from './read-definition.ts';

/** Whose invitation: by the token of the personal link, or by its id for the person signed in. */
export type Key = { token: string } | { invitationId: string };

/** What somebody who follows their invitation sees. */
export type SurveyInvitationView =
  | { state: 'open'; page: QuestionnaireView; incentive: Amount | null }
  /** `isHappy`: what they answered is worth asking whether it may be quoted. */
  | { state: 'finished'; title: string; invitationId: string; incentive: Amount | null; isHappy: boolean }
  | { state: 'closed'; title: string };

/**
 * The page of an invitation, at the question asked for or where its person goes on. Looking changes nothing.
 * @throws {AppError} `not_found`, also for somebody else's
 */
export async function openInvitation(
  ctx: Context,
  asked: { key: Key; questionId: string | null; language: string },
): Promise<SurveyInvitationView> {
  const { invitation, answers } = await loadInvitation(ctx, asked.key);
  const definition = readDefinition(invitation.definition);
  const title = definition.title[asked.language] ?? Object.values(definition.title)[0] ?? '';
  const incentive = thanksOf(invitation);
  if (invitation.finishedAt !== null) {
    const isHappy = lowAnswerOf(definition, answers) === null && isPraise(definition, answers);
    return { state: 'finished', title, invitationId: invitation.id, incentive, isHappy };
  }
  if (invitation.closedAt !== null) return { state: 'closed', title };
  const page = pageOf(definition, answers, asked);
  if (page === null) throw new AppError('not_found', 'There is no such question.');
  return { state: 'open', page, incentive };
}

/**
 * An invitation with what was answered so far.
 * @throws {AppError} `not_found`, also for somebody else's
 */
export async function loadInvitation(
  ctx: Context,
  key: Key,
): Promise<{ invitation: InvitationRow; answers: Answers }> {
  const db = ctx.db.fresh;
  const invitation =
    'token' in key
      ? await findInvitationByToken(db, { tokenHash: hashOf(key.token) })
      : await findOwn(ctx, key.invitationId);
  if (invitation === null) throw new AppError('not_found', 'There is no such invitation.');
  const rows = await listAnswersOf(db, { invitationId: invitation.id });
  const answers = new Map<string, number | string>();
  for (const { questionId, value, text } of rows) answers.set(questionId, value ?? text ?? '');
  return { invitation, answers };
}

async function findOwn(ctx: Context, id: string): Promise<InvitationRow | null> {
  if (ctx.actor.kind !== 'customer') return null;
  const invitation = await findInvitation(ctx.db.fresh, { id });
  return invitation?.customerId === ctx.actor.id ? invitation : null;
}

/** What was promised for the answer. */
export function thanksOf({ incentiveMinor, currency }: InvitationRow): Amount | null {
  return incentiveMinor === null || currency === null ? null : { minor: incentiveMinor, currency };
}

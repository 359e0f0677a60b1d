import { insertInto } from '../../../db/query.ts';
import { surveyInvitations } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { currencyExponent, parseDecimal } from '../../ground/platform/money.ts';
import { type AnsweredDecision, writeHistory } from '../../money/accounts/write-history.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import type { SurveyDefinition } from './definition.ts';
import { mostQuestions } from './path.ts';
import { surveyRestDays } from './policies.ts';
import { findInvitee } from './queries.ts';
import { linkHash } from './token.ts';

const insertInvitation = insertInto(surveyInvitations);

/** Who is asked by which survey, and why now. */
export interface SurveyRequest {
  survey: { id: string; version: number; definition: SurveyDefinition };
  customerId: string;
  /** The root account that the answer, and its thanks, belong to. */
  rootId: string;
  reason: (typeof surveyInvitations.reason.enumValues)[number];
  /** What the invitation is for; for one occasion a person is asked once. */
  occasion: string;
  /** Left out, they are told by mail; who asked for it is not. */
  isMailed?: boolean;
  /** What else is decided in the same write, by the invitation's id. */
  decideAlso?: (invitationId: string) => Decision;
}

/** `invited`, or why not: asked a short while ago, asked for this already, nobody who signed up. */
export type InviteOutcome = { kind: 'invited'; id: string } | { kind: 'resting' | 'already' | 'unclaimed' };

/**
 * Invites one person, by mail and on their page, in one batch with its history row. The database refuses a second
 * invitation within the rest period and a second one for the same occasion.
 * @throws {AppError} `not_found`, `unavailable`
 */
export async function invite(ctx: Context, request: SurveyRequest): Promise<InviteOutcome> {
  try {
    const outcome = await writeHistory(ctx, request.rootId, (seen) => decide(seen, request));
    if (outcome.kind === 'invited') ctx.wakeMail('soon');
    return outcome;
  } catch (error) {
    if (isConflictOn(error, 'refused: survey_rest')) return { kind: 'resting' };
    if (isConflictOn(error, 'survey_invitations.survey_id')) return { kind: 'already' };
    throw error;
  }
}

async function decide(
  ctx: Context,
  { survey, customerId, rootId, reason, occasion, isMailed = true, decideAlso }: SurveyRequest,
): Promise<AnsweredDecision<InviteOutcome>> {
  const now = ctx.now();
  const db = ctx.db.fresh;
  const [business, person] = await Promise.all([
    getBusiness({ ...ctx, db }),
    findInvitee(db, { customerId, rootId, surveyId: survey.id, occasion, now }),
  ]);
  if (person === null) throw new AppError('not_found', 'There is no such customer.');
  if (person.claimedAt === null) return { ...unchanged, result: { kind: 'unclaimed' } };
  if (person.isInvited) return { ...unchanged, result: { kind: 'already' } };
  const rest_ms = policyOf(business, surveyRestDays) * DAY_MS;
  if (person.restingSince !== null && person.restingSince > now - rest_ms)
    return { ...unchanged, result: { kind: 'resting' } };
  const id = newId();
  const incentive = incentiveOf(business, survey.definition);
  const row = insertInvitation({
    id,
    surveyId: survey.id,
    version: survey.version,
    customerId,
    rootId,
    reason,
    occasion,
    tokenHash: linkHash(ctx.config.secret, id),
    incentiveMinor: incentive?.minor,
    currency: incentive?.currency,
    isRegular: person.orders >= 2,
    isMember: person.isMember,
    at: now,
    actor: actorName(ctx.actor),
  });
  const questions = mostQuestions(survey.definition, new Map());
  const params = { invitationId: id, questions, incentive, rootId };
  return {
    history: { kind: 'survey_invited', detail: { survey: survey.id, invitation: id } },
    rows: [row],
    letters: isMailed ? [{ template: 'survey_invitation', params, customerId }] : [],
    also: [decideAlso?.(id) ?? {}],
    result: { kind: 'invited', id },
  };
}

/** What an answer is worth to the business; null for nothing, and while no currency is set. */
export function incentiveOf(business: Business, { incentive }: SurveyDefinition) {
  const { currency } = business;
  if (incentive === null || currency === null) return null;
  const parsed = parseDecimal(incentive, currencyExponent(currency) ?? 2);
  return parsed.ok && parsed.minor > 0n ? { minor: parsed.minor, currency } : null;
}

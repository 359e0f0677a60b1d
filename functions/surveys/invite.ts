import { insertInto } from '../../db/query.ts';
import { surveyInvitations } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { DAY_MS } from '../platform/calendar.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { hashOf, newId, signatureOf } from '../platform/ids.ts';
import { currencyExponent, parseDecimal } from '../platform/money.ts';
import type { SurveyDefinition } from './definition.ts';
import { mostQuestions } from './path.ts';
import { findInvitee } from './queries.ts';
import { invitationText } from './token.ts';

const insertInvitation = insertInto(surveyInvitations);

/** Who is asked by which survey, and why now. */
export interface Asked {
  survey: { id: string; version: number; definition: SurveyDefinition };
  customerId: string;
  /** The root account that the answer, and its thanks, belong to. */
  rootId: string;
  reason: (typeof surveyInvitations.reason.enumValues)[number];
  /** What the invitation is for; for one occasion a person is asked once. */
  occasion: string;
  /** Written in the same batch, told the invitation's id. */
  alongside?: (invitationId: string) => readonly Statement[];
}

/** `invited`, or why not: asked a short while ago, asked for this already, nobody who signed up. */
export type InviteOutcome = { kind: 'invited'; id: string } | { kind: 'resting' | 'already' | 'unclaimed' };

/**
 * Invites one person, by mail and on their page, in one batch with its history row. The database refuses a second
 * invitation within the rest period and a second one for the same occasion.
 * @throws {AppError} `not_found`, `unavailable`
 */
export async function invite(ctx: Context, asked: Asked): Promise<InviteOutcome> {
  try {
    const id = await note(ctx, asked.rootId, (seen) => decide(seen, asked));
    ctx.wakeMail('soon');
    return { kind: 'invited', id };
  } catch (error) {
    if (error instanceof NotInvited) return { kind: error.reason };
    if (isConflictOn(error, 'refused: survey_rest')) return { kind: 'resting' };
    if (isConflictOn(error, 'survey_invitations.survey_id')) return { kind: 'already' };
    throw error;
  }
}

async function decide(ctx: Context, { survey, customerId, rootId, reason, occasion, alongside }: Asked) {
  const now = ctx.now();
  const db = ctx.db.fresh;
  const [business, person] = await Promise.all([
    getBusiness({ ...ctx, db }),
    findInvitee(db, { customerId, rootId, surveyId: survey.id, occasion, now }),
  ]);
  if (person === null) throw new AppError('not_found', 'There is no such customer.');
  if (person.claimedAt === null) throw new NotInvited('unclaimed');
  if (person.isInvited === 1) throw new NotInvited('already');
  const rest_ms = policyOf(business, 'surveyRestDays') * DAY_MS;
  if (person.restingSince !== null && person.restingSince > now - rest_ms) throw new NotInvited('resting');
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
    tokenHash: hashOf(signatureOf(ctx.config.secret, invitationText(id))),
    incentiveMinor: incentive?.minor,
    currency: incentive?.currency,
    isRegular: person.orders >= 2,
    isMember: person.isMember === 1,
    at: now,
    actor: actorName(ctx.actor),
  });
  const mail = queueMail({
    template: 'survey_invitation',
    params: { invitationId: id, questions: mostQuestions(survey.definition, new Map()), incentive },
    customerId,
    language: null,
    at: now,
  });
  return {
    kind: 'survey_invited',
    detail: { survey: survey.id, invitation: id },
    statements: [row, mail, ...(alongside?.(id) ?? [])],
    result: id,
  };
}

/** What an answer is worth to the business; null for nothing, and while no currency is set. */
export function incentiveOf(business: Business, { incentive }: SurveyDefinition) {
  const { currency } = business;
  if (incentive === null || currency === null) return null;
  const parsed = parseDecimal(incentive, currencyExponent(currency) ?? 2);
  return parsed.ok && parsed.minor > 0n ? { minor: parsed.minor, currency } : null;
}

/** Nothing is written; whoever asked decides what that means. */
class NotInvited extends AppError {
  readonly reason: 'resting' | 'already' | 'unclaimed';

  constructor(reason: 'resting' | 'already' | 'unclaimed') {
    super('survey_resting', `This customer is not invited: ${reason}.`);
    this.reason = reason;
  }
}

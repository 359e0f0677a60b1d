import { isNull, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { customers } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import type { InvitationAnswer } from './answer.ts';
import { invite } from './invite.ts';
import { readDefinition } from './read-definition.ts';
import { getSurveyRow } from './save-survey.ts';

/**
 * Invites one customer by hand, named by email.
 * @throws {AppError} `not_found`, `survey_not_open`, `survey_resting` (asked a short while ago, or nobody who signed up)
 */
export async function inviteCustomer(
  ctx: Context,
  { surveyId, email }: { surveyId: string; email: string },
  options: Alongside<InvitationAnswer> = {},
): Promise<InvitationAnswer> {
  allow(ctx.actor, 'feedback:write');
  const [survey, customer] = await Promise.all([
    getSurveyRow(ctx, surveyId),
    findByEmail(ctx.db.fresh, { email }),
  ]);
  if (survey.openedAt === null || survey.closedAt !== null) {
    throw new AppError('survey_not_open', 'Open the survey before inviting anybody to it.');
  }
  const [place] = customer === null ? [] : await listPlaces(ctx.db.fresh, customer.id);
  if (customer === null || place === undefined) throw new AppError('not_found', 'There is no such customer.');
  const toAnswer = (id: string): InvitationAnswer => ({
    id,
    surveyId,
    customerId: customer.id,
    at: instantText(ctx.now()),
  });
  const outcome = await invite(ctx, {
    survey: { id: survey.id, version: survey.version, definition: readDefinition(survey.definition) },
    customerId: customer.id,
    rootId: place.rootId,
    reason: 'hand',
    occasion: `hand ${newId()}`,
    decideAlso: (id) => ({
      audit: {
        kind: 'survey.invited',
        subjectKind: 'customer',
        subjectId: customer.id,
        detail: { survey: surveyId, invitation: id },
      },
      beside: options.alongside?.(toAnswer(id), 201) ?? [],
    }),
  });
  if (outcome.kind === 'invited') return toAnswer(outcome.id);
  throw new AppError(
    'survey_resting',
    outcome.kind === 'unclaimed'
      ? 'This customer has not signed up yet, and is not written to.'
      : 'This customer was invited to a survey a short while ago.',
  );
}

const findByEmail = queryOne((db) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(sql`${customers.email} = ${sql.placeholder('email')} AND ${isNull(customers.withdrawnAt)}`),
);

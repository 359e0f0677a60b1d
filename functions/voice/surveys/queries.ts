import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import {
  customers,
  surveyAnswers,
  surveyFinishes,
  surveyInvitations,
  surveys,
  surveyVersions,
} from '../../../db/schema/index.ts';

const newestVersion = sql`(SELECT max(version) FROM survey_versions WHERE survey_id = surveys.id)`;

const surveyColumns = {
  id: surveys.id,
  name: surveys.name,
  createdAt: surveys.createdAt,
  openedAt: surveys.openedAt,
  closedAt: surveys.closedAt,
  version: surveyVersions.version,
  definition: surveyVersions.definition,
};

/** A survey with its newest version. */
export const findSurvey = queryOne((db) =>
  db
    .select(surveyColumns)
    .from(surveys)
    .innerJoin(
      surveyVersions,
      and(eq(surveyVersions.surveyId, surveys.id), sql`${surveyVersions.version} = ${newestVersion}`),
    )
    .where(eq(surveys.id, sql.placeholder('id'))),
);
export type SurveyRow = NonNullable<Awaited<ReturnType<typeof findSurvey>>>;

export const listSurveyRows = query((db) =>
  db
    .select({
      ...surveyColumns,
      invited: sql<number>`(SELECT count(*) FROM survey_invitations WHERE survey_id = surveys.id)`.mapWith(
        Number,
      ),
      finished: sql<number>`(SELECT count(*) FROM survey_finishes WHERE survey_id = surveys.id)`.mapWith(
        Number,
      ),
    })
    .from(surveys)
    .innerJoin(
      surveyVersions,
      and(eq(surveyVersions.surveyId, surveys.id), sql`${surveyVersions.version} = ${newestVersion}`),
    )
    .orderBy(desc(surveys.createdAt), desc(surveys.id)),
);

/** The surveys that invite now. */
export const listOpenSurveys = query((db) =>
  db
    .select(surveyColumns)
    .from(surveys)
    .innerJoin(
      surveyVersions,
      and(eq(surveyVersions.surveyId, surveys.id), sql`${surveyVersions.version} = ${newestVersion}`),
    )
    .where(and(sql`${surveys.openedAt} IS NOT NULL`, isNull(surveys.closedAt)))
    .orderBy(asc(surveys.openedAt), asc(surveys.id)),
);

const invitationColumns = {
  id: surveyInvitations.id,
  surveyId: surveyInvitations.surveyId,
  customerId: surveyInvitations.customerId,
  rootId: surveyInvitations.rootId,
  reason: surveyInvitations.reason,
  occasion: surveyInvitations.occasion,
  incentiveMinor: surveyInvitations.incentiveMinor,
  currency: surveyInvitations.currency,
  at: surveyInvitations.at,
  closedAt: surveys.closedAt,
  definition: surveyVersions.definition,
  finishedAt: surveyFinishes.at,
};

const selectInvitation = (db: Parameters<Parameters<typeof query>[0]>[0]) =>
  db
    .select(invitationColumns)
    .from(surveyInvitations)
    .innerJoin(surveys, eq(surveys.id, surveyInvitations.surveyId))
    .innerJoin(
      surveyVersions,
      and(
        eq(surveyVersions.surveyId, surveyInvitations.surveyId),
        eq(surveyVersions.version, surveyInvitations.version),
      ),
    )
    .leftJoin(surveyFinishes, eq(surveyFinishes.invitationId, surveyInvitations.id));

export const findInvitation = queryOne((db) =>
  selectInvitation(db).where(eq(surveyInvitations.id, sql.placeholder('id'))),
);
export type InvitationRow = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;

export const findInvitationByToken = queryOne((db) =>
  selectInvitation(db).where(eq(surveyInvitations.tokenHash, sql.placeholder('tokenHash'))),
);

/** What waits for a customer's answer, newest first. */
export const listUnfinished = query((db) =>
  selectInvitation(db)
    .where(
      and(
        eq(surveyInvitations.customerId, sql.placeholder('customerId')),
        sql`${surveyInvitations.at} > ${sql.placeholder('since')}`,
        isNull(surveyFinishes.at),
        isNull(surveys.closedAt),
      ),
    )
    .orderBy(desc(surveyInvitations.at))
    .limit(3),
);

export const listAnswersOf = query((db) =>
  db
    .select({
      invitationId: surveyAnswers.invitationId,
      questionId: surveyAnswers.questionId,
      value: surveyAnswers.value,
      text: surveyAnswers.text,
    })
    .from(surveyAnswers)
    .where(eq(surveyAnswers.invitationId, sql.placeholder('invitationId'))),
);

/** Who is to be invited, and what their invitation has to say of them. */
export const findInvitee = queryOne((db) =>
  db
    .select({
      claimedAt: customers.claimedAt,
      language: customers.language,
      orders:
        sql<number>`coalesce((SELECT sum(order_count) FROM account_spend WHERE root_id = ${sql.placeholder('rootId')}), 0)`.mapWith(
          Number,
        ),
      isMember:
        sql<boolean>`EXISTS (SELECT 1 FROM club_memberships m WHERE m.account_id = ${sql.placeholder('rootId')}
        AND m.since <= ${sql.placeholder('now')} AND NOT EXISTS (SELECT 1 FROM club_endings e
          WHERE e.membership_id = m.id AND e.until <= ${sql.placeholder('now')}))`.mapWith(readFlag),
      restingSince: sql<
        number | null
      >`(SELECT max(at) FROM survey_invitations WHERE customer_id = customers.id)`.mapWith(Number),
      isInvited:
        sql<boolean>`EXISTS (SELECT 1 FROM survey_invitations WHERE survey_id = ${sql.placeholder('surveyId')}
        AND customer_id = customers.id AND occasion = ${sql.placeholder('occasion')})`.mapWith(readFlag),
    })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('customerId')), isNull(customers.withdrawnAt))),
);

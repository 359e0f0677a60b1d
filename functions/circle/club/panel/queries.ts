import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { panelAnswers, panelOutcomes, panelQuestions } from '../../../../db/schema/index.ts';

const columns = {
  id: panelQuestions.id,
  texts: panelQuestions.texts,
  choices: panelQuestions.choices,
  closesAt: panelQuestions.closesAt,
  outcome: panelOutcomes.texts,
  outcomeAt: panelOutcomes.at,
};

export const findQuestion = query((db) =>
  db
    .select(columns)
    .from(panelQuestions)
    .leftJoin(panelOutcomes, eq(panelOutcomes.questionId, panelQuestions.id))
    .where(eq(panelQuestions.id, sql.placeholder('id'))),
);

/** The newest first. */
export const listQuestions = query((db) =>
  db
    .select(columns)
    .from(panelQuestions)
    .leftJoin(panelOutcomes, eq(panelOutcomes.questionId, panelQuestions.id))
    .orderBy(desc(panelQuestions.at), desc(panelQuestions.id))
    .limit(50),
);

/** How often each choice of some questions was taken; `ids` is a JSON array. */
export const countChoices = query((db) =>
  db
    .select({
      questionId: panelAnswers.questionId,
      choice: panelAnswers.choice,
      answers: sql<number>`count(*)`.mapWith(Number),
    })
    .from(panelAnswers)
    .where(sql`${panelAnswers.questionId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .groupBy(panelAnswers.questionId, panelAnswers.choice),
);

/** What one person answered to some questions; `ids` is a JSON array. */
export const listOwnAnswers = query((db) =>
  db
    .select({ questionId: panelAnswers.questionId, choice: panelAnswers.choice })
    .from(panelAnswers)
    .where(
      sql`${panelAnswers.questionId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
        AND ${panelAnswers.customerId} = ${sql.placeholder('customerId')}`,
    ),
);

/** What was written beside the answers. */
export const listComments = query((db) =>
  db
    .select({
      questionId: panelAnswers.questionId,
      choice: panelAnswers.choice,
      comment: panelAnswers.comment,
    })
    .from(panelAnswers)
    .where(
      sql`${panelAnswers.questionId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
        AND ${panelAnswers.comment} IS NOT NULL`,
    )
    .orderBy(desc(panelAnswers.at))
    .limit(500),
);

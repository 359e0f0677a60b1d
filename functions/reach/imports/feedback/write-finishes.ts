import { statement } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { FeedbackFile } from './parse-told.ts';
import { finishStatement, invitationOf } from './statements.ts';
import type { SurveysOpen } from './surveys.ts';

/** Ends the questionnaires of some answers that are finished and not ended yet. */
export async function writeFinishes(
  ctx: Context,
  entries: readonly FeedbackFile[],
  surveys: SurveysOpen,
): Promise<void> {
  const answers = entries.flatMap((one) => (one.is === 'answer' && one.state === 'finished' ? [one] : []));
  const byInvitation = new Map(answers.map((one) => [invitationOf(one), one]));
  const open = await ctx.db.fresh.read(
    statement(
      `SELECT i.id, i.customer_id, i.root_id FROM survey_invitations AS i
       WHERE i.id IN (SELECT value FROM json_each(?)) AND i.id NOT IN (SELECT invitation_id FROM survey_finishes)`,
      JSON.stringify([...byInvitation.keys()]),
    ),
  );
  const statements = open.flatMap(([id, customerId, rootId]) => {
    const answer = byInvitation.get(String(id));
    const survey = surveys.get(answer?.survey ?? '');
    if (answer === undefined || survey === undefined) return [];
    const speaker = { customerId: String(customerId), rootId: String(rootId), accountId: String(rootId) };
    return [finishStatement(answer, { speaker, surveyId: survey.surveyId })];
  });
  if (statements.length > 0) await ctx.db.write(statements);
}

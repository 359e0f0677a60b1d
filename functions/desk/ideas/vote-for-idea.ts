import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { noIdea } from './list-ideas.ts';
import { findIdeaRow } from './queries.ts';
import { colleagueOf } from './tell-idea.ts';

/**
 * Somebody of the team is for an idea of a colleague, or no more. Said twice is said once.
 * @throws {AppError} `not_found`, `forbidden` for their own and for who is not of the team
 */
export async function voteForIdea(
  ctx: Context,
  { id, isFor }: { id: string; isFor: boolean },
): Promise<void> {
  const staffId = colleagueOf(ctx);
  const idea = await findIdeaRow(ctx.db.fresh, { id });
  if (idea === null) throw noIdea();
  if (idea.staffId === staffId) throw new AppError('forbidden', 'Your own idea has your voice already.');
  const said = isFor
    ? statement(
        `INSERT INTO staff_idea_votes (idea_id, staff_id, at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET ended_at = NULL`,
        ...[id, staffId, ctx.now()],
      )
    : statement(
        'UPDATE staff_idea_votes SET ended_at = ? WHERE idea_id = ? AND staff_id = ? AND ended_at IS NULL',
        ...[ctx.now(), id, staffId],
      );
  await writeDecision(ctx, { rows: [said] });
}

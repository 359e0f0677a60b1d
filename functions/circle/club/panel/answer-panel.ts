import { insertInto } from '../../../../db/query.ts';
import { panelAnswers } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { customerIdOf } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { refuseFields } from '../../../ground/platform/parse-input.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { assertMember, isMemberNow } from '../standing.ts';
import { readChoices } from './list-panel.ts';
import { findQuestion } from './queries.ts';

const insertAnswer = insertInto(panelAnswers);

/**
 * Answers a question of the panel, once for each person.
 * @throws {AppError} `not_found`, `club_not_a_member`, `panel_closed`, `panel_answered_already`, `validation_failed`
 */
export async function answerPanel(
  ctx: Context,
  input: { accountId: string | null; questionId: string; choice: number; comment: string },
): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { questionId, choice } = input;
  const comment = input.comment.trim();
  const { rootId } = await choosePlace(ctx, await listOwnPlaces(ctx), input.accountId);
  try {
    await writeHistory(ctx, rootId, async (seen) => {
      const db = seen.db.fresh;
      const now = ctx.now();
      const [[question], isMember] = await Promise.all([
        findQuestion(db, { id: questionId }),
        isMemberNow(db, { accountId: rootId, now }),
      ]);
      if (question === undefined) throw new AppError('not_found', 'There is no such question.');
      assertMember(isMember);
      if (question.outcome !== null || question.closesAt <= now)
        throw new AppError('panel_closed', 'The question is closed.');
      const isChoice = choice in readChoices(question.choices);
      const isComment = comment.length <= 2000 && !comment.includes('\0');
      refuseFields([
        ...(isChoice ? [] : [wrong('choice', 'has to be one of the choices')]),
        ...(isComment ? [] : [wrong('comment', 'has at most 2000 characters')]),
      ]);
      const row = { questionId, customerId, accountId: rootId, choice, comment: comment || null, at: now };
      return {
        history: { kind: 'panel_answered', detail: { question: questionId } },
        rows: [insertAnswer(row)],
      };
    });
  } catch (error) {
    if (!isConflictOn(error, 'panel_answers')) throw error;
    throw new AppError('panel_answered_already', 'You have answered this question.');
  }
}

const wrong = (path: string, message: string) => ({ path, code: 'invalid_value', message });

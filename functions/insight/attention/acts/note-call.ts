import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { lapsedCalls } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { hashOf } from '../../../ground/platform/ids.ts';
import { freeText } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listCallQuestions } from '../call-questions.ts';
import { type CallAnswer, lapseReasons, questionIn } from '../call-sheet.ts';
import { findNamedAccount, findSaying } from '../queries.ts';

const words = freeText(2000);
const reason = z.enum(lapseReasons).nullable();

const callInput = z.strictObject({
  firstReason: reason,
  firstWords: words,
  realReason: reason,
  realWords: words,
  /** By question; those left empty were not answered. */
  answers: z.record(z.string().max(40), words),
  /** In which the questions were read out. */
  language: z.string().max(20),
});
export type CallInput = z.input<typeof callInput>;

/** One that a list names, or any root account: whoever stopped buying may be asked, also who never signed up. */
export type AskedAbout = { sayingId: string } | { accountId: string };

const insertCall = insertInto(lapsedCalls);

/**
 * Keeps what a customer who has lapsed said when asked why: the first answer and the real reason apart. It asks nothing of the
 * customer, so whoever never signed up may be asked, too. `key` makes a form that is sent twice one call.
 * @throws {AppError} `validation_failed` also for a sheet with neither a reason nor words, `not_found`, `forbidden`
 */
export async function noteCall(
  ctx: Context,
  { asked, call, key }: { asked: AskedAbout; call: CallInput; key: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { answers, language, ...told } = parseInput(callInput, call);
  const questions = await listCallQuestions(ctx);
  const unknown = Object.keys(answers).find((id) => questions.every((one) => one.id !== id));
  if (unknown !== undefined) throw wrongField(`answers.${unknown}`, 'unknown_question', 'is asked no more');
  const said = questions.flatMap((one): CallAnswer[] => {
    const words = answers[one.id] ?? null;
    return words === null ? [] : [{ question: one.id, asked: questionIn(one, language), said: words }];
  });
  if (said.length === 0 && Object.values(told).every((value) => value === null))
    throw wrongField('firstReason', 'missing', 'has to be said, or anything else');
  const { rootId, sayingId } = await findAsked(ctx, asked);
  const { timeZone } = await getBusiness(ctx);
  const id = hashOf(`${actorName(ctx.actor)} ${key}`).slice(0, 32);
  const row = { ...told, id, rootId, sayingId, day: dayOf(ctx.now(), timeZone) };
  try {
    await writeHistory(ctx, rootId, () => ({
      history: { kind: 'lapse_asked', detail: { first: told.firstReason, real: told.realReason } },
      rows: [
        insertCall({ ...row, answers: JSON.stringify(said), at: ctx.now(), actor: actorName(ctx.actor) }),
      ],
      audit: { kind: 'lapse.asked', subjectKind: 'account', subjectId: rootId },
    }));
  } catch (error) {
    if (!isConflictOn(error, 'lapsed_calls.id')) throw error;
  }
}

async function findAsked(
  ctx: Context,
  asked: AskedAbout,
): Promise<{ rootId: string; sayingId: string | null }> {
  if ('sayingId' in asked) {
    const saying = await findSaying(ctx.db.fresh, { id: asked.sayingId });
    if (saying === null) throw new AppError('not_found', 'No list names this.');
    return { rootId: saying.rootId, sayingId: asked.sayingId };
  }
  const account = await findNamedAccount(ctx.db.fresh, { accountId: asked.accountId });
  if (account === null) throw new AppError('not_found', 'There is no such account.');
  return { rootId: asked.accountId, sayingId: null };
}

import type { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { promiseTellingWithdrawals } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { toMoneyJson } from '../../../ground/platform/money.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { findTelling } from './queries.ts';
import { type TakenBack, takeBackInput } from './told.ts';

const insertWithdrawal = insertInto(promiseTellingWithdrawals);

/**
 * Takes back what was told of a benefit by mistake, with why: it counts for nothing any more, and nothing is made good for it from
 * now on. What was made good before stays the member's, and is owed by its own row.
 * @throws {AppError} `not_found`, `already_decided` for what was taken back before, `validation_failed`, `forbidden`
 */
export async function takeBack(
  ctx: Context,
  { id, ...input }: z.input<typeof takeBackInput> & { id: string },
  options: Alongside<TakenBack> = {},
): Promise<TakenBack> {
  allow(ctx.actor, 'customers:write');
  const { reason } = parseInput(takeBackInput, input);
  const found = await findTelling(ctx.db.fresh, { id });
  if (found === null) throw new AppError('not_found', 'Nothing of this kind was told.');
  const at = ctx.now();
  return writeHistory(ctx, found.accountId, async (seen) => {
    const telling = (await findTelling(seen.db.fresh, { id })) ?? found;
    if (telling.withdrawnAt !== null)
      throw new AppError('already_decided', 'This has been taken back already.');
    const { benefitId, amendsMinor, amendsCurrency } = telling;
    const madeGood = amendsMinor === null ? null : toMoneyJson(BigInt(amendsMinor), amendsCurrency ?? '');
    const answer = { id, madeGood, withdrawnAt: instantText(at) };
    return {
      rows: [insertWithdrawal({ tellingId: id, reason, at, actor: actorName(ctx.actor) })],
      history: { kind: 'club_promise_taken_back', detail: { promise: id } },
      audit: {
        kind: 'promise.taken-back',
        subjectKind: 'benefit',
        subjectId: benefitId,
        detail: { promise: id },
      },
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}

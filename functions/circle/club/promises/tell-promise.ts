import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { promiseTellings } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { day, freeText, identifier } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listAllBenefits } from '../benefits/queries.ts';
import { assertMember, isMemberNow } from '../standing.ts';

const insertTelling = insertInto(promiseTellings);

/** `POST /club/benefits/{id}/promises`: whether a benefit was kept for a member, on a business day; today when left out. */
export const tellPromiseInput = z.strictObject({
  account: identifier(100),
  kept: z.boolean(),
  day: day.nullish().transform((text) => text ?? null),
  note: freeText(500),
});

export const promiseAnswer = z
  .object({
    id: z.string(),
    benefitId: z.string(),
    accountId: z.string(),
    kept: z.boolean(),
    day: z.string(),
  })
  .meta({ id: 'ClubPromise' });
export type PromiseAnswer = z.infer<typeof promiseAnswer>;

export const tellPromiseExample = { account: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f', kept: false };

/**
 * Tells whether a benefit was kept for a member. A broken one is made good by itself where the business says so.
 * @throws {AppError} `not_found`, `club_not_a_member`, `benefit_withdrawn_already`, `validation_failed`
 */
export async function tellPromise(
  ctx: Context,
  input: z.input<typeof tellPromiseInput> & { benefitId: string },
  options: Alongside<PromiseAnswer> = {},
): Promise<PromiseAnswer> {
  allow(ctx.actor, 'customers:write');
  const { benefitId, ...rest } = input;
  const told = parseInput(tellPromiseInput, rest);
  const { account: accountId, kept: isKept, note } = told;
  const at = ctx.now();
  const today = dayOf(at, (await getBusiness(ctx)).timeZone);
  const onDay = told.day ?? today;
  if (onDay > today) throw wrongField('day', 'in_the_future', 'has to be a day up to today');
  const id = newId();
  const answer = { id, benefitId, accountId, kept: isKept, day: onDay };
  return writeHistory(ctx, accountId, async (seen) => {
    const db = seen.db.fresh;
    const [benefits, isMember] = await Promise.all([
      listAllBenefits(db),
      isMemberNow(db, { accountId, now: at }),
    ]);
    const benefit = benefits.find((one) => one.id === benefitId);
    if (benefit === undefined) throw new AppError('not_found', 'There is no such benefit.');
    if (benefit.withdrawnAt !== null)
      throw new AppError('benefit_withdrawn_already', 'This benefit is promised no longer.');
    assertMember(isMember);
    const row = { id, benefitId, accountId, isKept, day: onDay, note, at, actor: actorName(ctx.actor) };
    return {
      rows: [insertTelling(row)],
      history: { kind: isKept ? 'club_promise_kept' : 'club_promise_broken', detail: { promise: id } },
      audit: {
        kind: 'promise.told',
        subjectKind: 'benefit',
        subjectId: benefitId,
        detail: { promise: id, kept: isKept ? 'yes' : 'no' },
      },
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}

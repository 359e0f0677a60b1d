import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { promiseTellings } from '../../../../db/schema/index.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { day, freeText, identifier } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listAllBenefits } from '../benefits/queries.ts';
import { hasLevel } from '../level.ts';
import { assertMember, loadMember } from '../standing.ts';
import { BENEFIT_DAYS } from './measure.ts';
import { findBroken } from './queries.ts';

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
 * Tells whether a benefit was kept for a member who had it on that day. A broken one is made good by itself where the business
 * says so, once a day; told again of the same day, it answers what was told first.
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
  const made = await writeHistory(ctx, accountId, async (seen) => {
    await refuseWhoHadNot(seen, { benefitId, accountId, day: onDay, today });
    const [earlier] = isKept ? [] : await findBroken(seen.db.fresh, { benefitId, accountId, day: onDay });
    if (earlier !== undefined) return { ...unchanged, result: { ...answer, id: earlier.id } };
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
  if (made.id !== id) await writeDecision(ctx, { beside: options.alongside?.(made, 201) ?? [] });
  return made;
}

/** @throws {AppError} `not_found`, `benefit_withdrawn_already`, `club_not_a_member`, `validation_failed` */
async function refuseWhoHadNot(
  ctx: Context,
  { benefitId, accountId, day, today }: { benefitId: string; accountId: string; day: string; today: string },
): Promise<void> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const { timeZone } = business;
  const moment = day === today ? ctx.now() : startOfDay(addDays(day, 1), timeZone) - 1;
  const [benefits, { isMember, levels, standing }] = await Promise.all([
    listAllBenefits(db),
    loadMember(db, business, { accountId, now: moment }),
  ]);
  const benefit = benefits.find((one) => one.id === benefitId);
  if (benefit === undefined) throw new AppError('not_found', 'There is no such benefit.');
  if (benefit.withdrawnAt !== null)
    throw new AppError('benefit_withdrawn_already', 'This benefit is promised no longer.');
  if (day < dayOf(benefit.from, timeZone) || day < addDays(today, -BENEFIT_DAYS))
    throw wrongField('day', 'not_promised', 'has to be a day of the last year on which it was promised');
  assertMember(isMember);
  if (!hasLevel(levels, { level: benefit.level, number: standing.number }))
    throw wrongField('account', 'without_benefit', 'had not reached the level of this benefit on that day');
}

import { insertInto } from '../../../../db/query.ts';
import { clubBenefits, clubWithdrawals } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import { parseInput, refuseFields, wrongField } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { governing } from '../../../money/rewards/periods.ts';
import { loadLevels } from '../standing.ts';
import type { Names } from '../texts.ts';
import { listAllBenefits } from './queries.ts';
import { type BenefitInput, type BenefitKind, benefitInput } from './schema.ts';

const insertBenefit = insertInto(clubBenefits);
const insertWithdrawal = insertInto(clubWithdrawals);

/** Promises members something, from now on. @throws {AppError} `validation_failed`, `forbidden` */
export async function promiseBenefit(ctx: Context, input: BenefitInput): Promise<{ id: string }> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { kind, texts, detail, level } = parseInput(benefitInput, input);
  await refuseLevel(ctx, { kind, level, ruleId: detail.ruleId ?? null });
  const id = newId();
  const at = ctx.now();
  const words = { texts: JSON.stringify(texts), detail: JSON.stringify(detail) };
  await writeDecision(ctx, {
    rows: [
      insertBenefit({ id, kind, ...words, from: at, until: null, level, at, actor: actorName(ctx.actor) }),
    ],
    audit: { kind: 'benefit.promised', subjectKind: 'benefit', subjectId: id, detail: { kind, level } },
  });
  return { id };
}

/**
 * A level has to be one of the club's, and a rule that counts what all members buy is no benefit of one level.
 * @throws {AppError} `validation_failed`
 */
async function refuseLevel(
  ctx: Context,
  { kind, level, ruleId }: { kind: BenefitKind; level: string | null; ruleId: string | null },
): Promise<void> {
  if (level === null) return;
  const [{ compiled, timeZone }, levels] = await Promise.all([getBusiness(ctx), loadLevels(ctx.db.fresh)]);
  if (!levels.some(({ key }) => key === level))
    throw wrongField('level', 'unknown', 'is no level of the club');
  const today = dayOf(ctx.now(), timeZone);
  const known = kind === 'rule' ? compiled?.ruleById.get(ruleId ?? '') : undefined;
  const rule = known === undefined ? undefined : governing(known, today, today)?.version.rule;
  if (rule?.audience === 'club' || rule?.audience === 'everyone')
    throw wrongField('level', 'for_all', 'has to be empty: the rule pays every member');
}

/**
 * Withdraws openly what cannot be kept: pages and a mail tell every member why, and a bonus makes it good. `bonus` is
 * decimal text of the business currency, empty for none; the next jobs pay it, each member once.
 * @throws {AppError} `not_found`, `benefit_withdrawn_already`, `currency_not_set`, `validation_failed`, `forbidden`
 */
export async function withdrawBenefit(
  ctx: Context,
  { id, reason, bonus }: { id: string; reason: Names; bonus: string },
): Promise<{ id: string }> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const [{ currency }, benefits] = await Promise.all([getBusiness(ctx), listAllBenefits(ctx.db.fresh)]);
  const benefit = benefits.find((one) => one.id === id);
  if (benefit === undefined) throw new AppError('not_found', 'There is no such benefit.');
  const words = Object.fromEntries(Object.entries(reason).filter(([, text]) => text.trim() !== ''));
  const bonusMinor = amountOf(bonus, currency);
  refuseFields([
    ...(Object.keys(words).length > 0
      ? []
      : [{ path: 'reason', code: 'required', message: 'is needed in one language at least' }]),
    ...(bonusMinor !== null
      ? []
      : [{ path: 'bonus', code: 'not_a_number', message: 'has to be an amount such as 5.00' }]),
  ]);
  if (bonusMinor !== null && bonusMinor > 0n && currency === null)
    throw new AppError('currency_not_set', 'Set a currency first.');
  const withdrawalId = newId();
  const row = {
    id: withdrawalId,
    benefitId: id,
    reason: JSON.stringify(words),
    bonusMinor: bonusMinor ?? 0n,
    currency: currency ?? '',
  };
  try {
    await writeDecision(ctx, {
      rows: [insertWithdrawal({ ...row, at: ctx.now(), actor: actorName(ctx.actor) })],
      audit: {
        kind: 'benefit.withdrawn',
        subjectKind: 'benefit',
        subjectId: id,
        detail: { withdrawal: withdrawalId, amount: bonusMinor ?? 0n },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'club_withdrawals.benefit_id')) throw error;
    throw new AppError('benefit_withdrawn_already', 'This benefit was withdrawn already.');
  }
  return { id: withdrawalId };
}

/** Null for what is no amount; with a point or a comma. */
function amountOf(typed: string, currency: string | null): bigint | null {
  const text = typed.trim().replace(',', '.');
  if (text === '') return 0n;
  const parsed = parseDecimal(text, currencyExponent(currency ?? '') ?? 2);
  return parsed.ok ? parsed.minor : null;
}

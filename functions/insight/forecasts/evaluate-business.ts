import { allow } from '../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listRootsByEmails } from '../../people/customers/list-roots-by-emails.ts';
import { countBuyers, listPurchaseDaysOf } from '../facts/list-buyers.ts';
import type { FitMethod } from './fits/fit-counts.ts';
import { type CollectedAccounts, collectDays } from './known/collect-days.ts';
import { type Evaluation, evaluate } from './record/evaluate.ts';
import { readFirstCategories } from './runs/read-first-categories.ts';
import { openWorkbench } from './runs/workbench.ts';

export interface EvaluationQuestion {
  /** The last day that is known; half of the history before the holdout's end, a year at the most, when null. */
  calibrationUntil: string | null;
  /** The last day that is compared; today when null. */
  holdoutUntil: string | null;
  /** Customers whose accounts alone are looked at; all when null. */
  emails: readonly string[] | null;
  method: FitMethod;
}

export interface BusinessEvaluation extends Evaluation {
  calibrationUntil: string;
  holdoutUntil: string;
}

/** Of more accounts a share is evaluated: it would hardly say anything else. */
const ACCOUNTS_MOST = 100_000;
const EMAILS_PER_PAGE = 1_000;
const LONGEST_DAYS = 364;

/**
 * Fits what was known on one day and compares it with what came until another (DOMAIN.md §8).
 * @throws {AppError} `validation_failed` when nobody had bought anything by then, or the days are no span; `forbidden`
 */
export async function evaluateBusiness(
  ctx: Context,
  question: EvaluationQuestion,
): Promise<BusinessEvaluation> {
  allow(ctx.actor, 'customers:read');
  const { timeZone } = await getBusiness(ctx);
  const holdoutUntil = question.holdoutUntil ?? dayOf(ctx.now(), timeZone);
  const calibrationUntil = question.calibrationUntil ?? (await usualDay(ctx, holdoutUntil));
  if (calibrationUntil >= holdoutUntil)
    throw new AppError('validation_failed', 'The holdout has to end after the calibration.');
  const loaded = await loadKnown(ctx, question.emails);
  const known = { ...loaded, firstCategories: await readFirstCategories(ctx, loaded) };
  const until = dayNumber(calibrationUntil);
  if (!known.purchases.days.some((day) => day <= until))
    throw new AppError('validation_failed', `None of them had bought anything by ${calibrationUntil}.`);
  const asked = { until, holdoutUntil: dayNumber(holdoutUntil), method: question.method };
  return { calibrationUntil, holdoutUntil, ...evaluate(known, asked) };
}

async function usualDay({ db }: Context, until: string): Promise<string> {
  const { firstOn = null } = (await countBuyers(db, { until })) ?? {};
  const history = firstOn === null ? 0 : dayNumber(until) - dayNumber(firstOn);
  return addDays(until, -Math.max(1, Math.min(LONGEST_DAYS, Math.floor(history / 2))));
}

async function loadKnown(ctx: Context, emails: readonly string[] | null): Promise<CollectedAccounts> {
  if (emails === null) return (await openWorkbench(ctx)).sample(ACCOUNTS_MOST);
  const { currency } = await getBusiness(ctx);
  const roots = new Set<string>();
  for (let at = 0; at < emails.length; at += EMAILS_PER_PAGE)
    for (const { rootId } of await listRootsByEmails(ctx.db, {
      emails: JSON.stringify(emails.slice(at, at + EMAILS_PER_PAGE)),
    }))
      roots.add(rootId);
  const ids = [...roots].sort();
  const collected = collectDays(10 ** (currency === null ? 0 : (currencyExponent(currency) ?? 0)));
  for (let at = 0; at < ids.length; at += EMAILS_PER_PAGE)
    collected.add(
      await listPurchaseDaysOf(ctx.db, {
        ids: JSON.stringify(ids.slice(at, at + EMAILS_PER_PAGE)),
        currency: currency ?? '',
      }),
    );
  return collected.all();
}

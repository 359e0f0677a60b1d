import type { Store } from '../../../../db/store.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent } from '../../../ground/platform/money.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { countBuyers, cutOf, listPurchaseDays } from '../../facts/list-buyers.ts';
import { listFirstCategories } from '../../facts/list-first-categories.ts';
import { type FitTask, planFits } from '../fits/fit-plan.ts';
import { type KeptBusiness, readFits } from '../kept/fits.ts';
import type { KnownAccounts } from '../known/accounts.ts';
import { type CollectedAccounts, collectDays } from '../known/collect-days.ts';
import type { CovariateName } from '../known/first-purchase.ts';
import { forecastCovariate } from '../policies.ts';
import { type Past, pastOf } from '../served/choose.ts';
import type { CovariateQuestion } from '../served/covariate.ts';
import { type KnownThen, knownThen } from './known-then.ts';
import { listFitsBefore, listFitsOf } from './queries.ts';
import { readFirstCategories } from './read-first-categories.ts';
import { openScorer } from './score-accounts.ts';

/** Parameters of more accounts would hardly differ, and questions to the past are content with fewer. */
export const ACCOUNTS_MOST = { today: 25_000, past: 2_500 } as const;

/** How far ahead the models are chosen for, in weeks. */
const CHOSEN_WEEKS = 52;

/** What the steps of a turn have read, so that each is read once. */
export interface Workbench {
  currency: string | null;
  timeZone: string;
  /** Minor units in one of the currency. */
  unit: number;
  buyers: { accounts: number; firstOn: string | null };
  /** Some of the accounts, all where there are no more. */
  sample: (accountsMost: number) => Promise<CollectedAccounts>;
  /** Of fewer accounts, what was known on a day of the past. */
  knownOn: (day: string) => Promise<KnownThen>;
  /** `isToday`: of all that is known, and the search begins with what was fitted last; otherwise of what was known then. */
  plan: (day: string, isToday?: 'today') => Promise<Plan>;
  fitsOf: (day: string) => Promise<KeptBusiness | null>;
  /** Says of an account what is to be expected as of a day; null where nothing can be told. */
  scorerOf: (day: string) => Promise<ReturnType<typeof openScorer> | null>;
  /** On which category each of some accounts spent most at first; null where the fits of a day do not go by that. */
  categoriesOf: (
    day: string,
    accounts: readonly { id: string; firstOn: string }[],
  ) => Promise<(string | null)[] | null>;
}

export interface Plan {
  known: KnownAccounts;
  past: Past;
  tasks: readonly FitTask[];
  /** What the business wants to be tried beside; null for nothing. */
  tried: CovariateQuestion | null;
}

const ACCOUNTS_PER_PAGE = 2_000;

export async function openWorkbench(ctx: Context): Promise<Workbench> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const { currency, timeZone } = business;
  const covariate = policyOf(business, forecastCovariate);
  const today = dayOf(ctx.now(), timeZone);
  const unit = 10 ** (currency === null ? 0 : (currencyExponent(currency) ?? 0));
  const buyers = (await countBuyers(db, { until: today })) ?? { accounts: 0, firstOn: null };
  const withCategories = async (accounts: CollectedAccounts): Promise<CollectedAccounts> =>
    covariate === 'first-category'
      ? { ...accounts, firstCategories: await readFirstCategories(ctx, accounts) }
      : accounts;
  const sample = once(async (accountsMost: number) => {
    const share = accountsMost / Math.max(1, buyers.accounts);
    return withCategories(await loadSample(db, { share, currency, unit }));
  });
  const knownOn = once(async (day: string) => {
    const all = await sample(ACCOUNTS_MOST.past);
    const then = await knownThen(db, all, { day, timeZone });
    // Where a first day was left out, another one is the first.
    return then.known === all ? then : { ...then, known: await withCategories(then.known) };
  });
  const fitsOf = once(async (day: string) => readFits(await listFitsOf(db, { day })));
  return {
    ...{ currency, timeZone, unit, buyers, sample, knownOn },
    plan: once(async (day: string, isToday?: 'today') => {
      const known = isToday === undefined ? (await knownOn(day)).known : await sample(ACCOUNTS_MOST.today);
      const until = dayNumber(day);
      const lately = isToday === undefined ? undefined : await readLately(db, day);
      const past = pastOf(known.purchases, { until, weeks: CHOSEN_WEEKS });
      const tried = covariate === 'off' ? null : triedBy(covariate, { known, until });
      return { known, past, tasks: planFits(known, past, { until, lately }), tried };
    }),
    fitsOf,
    categoriesOf: async (day, accounts) => {
      const covariate = (await fitsOf(day))?.covariate;
      if (covariate?.serves !== true || covariate.name !== 'first-category') return null;
      return listFirstCategories(db, accounts, { currency: currency ?? '', timeZone });
    },
    scorerOf: once(async (day: string) => {
      const kept = await fitsOf(day);
      return kept === null || kept.cannotTell !== null ? null : openScorer(kept, unit);
    }),
  };
}

const triedBy = (name: CovariateName, of: Omit<CovariateQuestion, 'name'>): CovariateQuestion => ({
  name,
  ...of,
});

/** Values of the models as they were fitted before a day; those that went astray are not gone on from. */
async function readLately(db: Store, day: string): Promise<Map<string, readonly number[]> | undefined> {
  const kept = readFits(await listFitsBefore(db, { day }));
  if (kept === null || kept.models.length === 0) return undefined;
  return new Map(
    kept.models.flatMap(({ name, values, isAtLimit }) => (isAtLimit ? [] : [[name, values] as const])),
  );
}

/** The last answer is kept: the next step mostly asks the same. */
function once<Args extends (string | number | undefined)[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  let kept: { key: string; answer: Answer } | null = null;
  return async (...args) => {
    const key = args.join(' ');
    if (kept?.key !== key) kept = { key, answer: await ask(...args) };
    return kept.answer;
  };
}

async function loadSample(
  db: Store,
  { share, currency, unit }: { share: number; currency: string | null; unit: number },
): Promise<CollectedAccounts> {
  const collected = collectDays(unit);
  let after = '';
  for (;;) {
    const rows = await listPurchaseDays(db, {
      ...{ after, cut: cutOf(share), limit: ACCOUNTS_PER_PAGE },
      currency: currency ?? '',
    });
    const accounts = collected.add(rows);
    if (accounts < ACCOUNTS_PER_PAGE) return collected.all();
    after = rows.at(-1)?.id ?? after;
  }
}

import { z } from 'zod';
import type { AccountType } from '../known/accounts.ts';
import { classOf, covariateNames, type FirstPurchase } from '../known/first-purchase.ts';
import { countModels } from '../models/count-models.ts';
import type { ForecastRecord } from '../record/record.ts';
import type { FitRow } from '../runs/queries.ts';
import { timesAsOften } from '../served/covariate.ts';
import type { Fitted } from '../served/forecast.ts';
import type { Outlook } from '../served/outlook.ts';
import { type Horizon, horizons, type Ranged } from '../served/prospect.ts';

/** What all accounts together will do over each horizon, in purchase days, and whether that can be told. */
export interface TotalAhead extends Ranged {
  days: Horizon;
  isTold: boolean;
}

const numbers = z.array(z.number());
const named = z.enum(['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd', 'pool']);
const keptOutlook = z.array(z.object({ model: named, values: numbers, weight: z.number() }));
const keptModels = z.array(
  z.object({ name: named, values: numbers, logLikelihood: z.number(), isAtLimit: z.boolean() }),
);
const keptRecord = z.object({
  accounts: z.number(),
  rmse: z.number(),
  bias: z.number().nullable(),
  logLoss: z.number().nullable(),
  coverage80: z.number().nullable(),
});
const keptCandidates = z.array(
  z.object({
    name: named,
    weights: z.array(z.object({ model: named, weight: z.number() })),
    past: z.array(keptRecord),
  }),
);
/** What is known of first purchases, which the business wanted tried. */
const keptCovariate = z.object({
  name: z.enum(covariateNames),
  ...{ cuts: numbers, categories: z.array(z.string()), factors: numbers },
  ...{ without: z.array(keptRecord), with: z.array(keptRecord), serves: z.boolean() },
});
const keptTotals = z.array(
  z.object({
    days: z.union(horizons.map((days) => z.literal(days))),
    ...{ expected: z.number(), low: z.number(), high: z.number(), isTold: z.boolean() },
  }),
);

/** What is kept of the models of a day, read. */
export interface KeptBusiness {
  day: string;
  at: number;
  accounts: number;
  fitted: number;
  historyDays: number;
  currency: string | null;
  served: string;
  cannotTell: FitRow['cannotTell'];
  models: z.output<typeof keptModels>;
  candidates: z.output<typeof keptCandidates>;
  /** Of gamma-gamma, `p q v` in whole units of the currency; null where spend is not told. */
  spend: number[] | null;
  totals: TotalAhead[];
  covariate: z.output<typeof keptCovariate> | null;
  /** The class of an account's first purchase; 0 where none serves. */
  classFor: (first: FirstPurchase) => number;
  outlookFor: (type: AccountType, place?: number) => Outlook;
}

/** The rows of one day: those of all accounts first. Null where there are none. */
export function readFits(rows: readonly FitRow[]): KeptBusiness | null {
  const whole = rows.find(({ type }) => type === '');
  if (whole === undefined) return null;
  const { day, at, accounts, fitted, historyDays, currency, served, cannotTell } = whole;
  const outlooks = new Map(rows.map((row) => [row.type, readOutlook(row.outlook)]));
  const covariate = whole.covariate === null ? null : keptCovariate.parse(JSON.parse(whole.covariate));
  const serving = covariate?.serves === true ? covariate : null;
  return {
    ...{ day, at, accounts, fitted, historyDays, currency, served, cannotTell },
    models: keptModels.parse(JSON.parse(whole.models)),
    candidates: keptCandidates.parse(JSON.parse(whole.candidates)),
    spend: whole.spend === null ? null : numbers.parse(JSON.parse(whole.spend)),
    totals: keptTotals.parse(JSON.parse(whole.totals)),
    covariate,
    classFor: (first) => (serving === null ? 0 : classOf(serving, first)),
    outlookFor: (type, place = 0) =>
      timesAsOften(outlooks.get(type) ?? outlooks.get('') ?? [], serving?.factors[place] ?? 1),
  };
}

function readOutlook(text: string): Outlook {
  return keptOutlook.parse(JSON.parse(text)).flatMap(({ model: name, values, weight }) => {
    const model = countModels.find((each) => each.name === name);
    return model === undefined ? [] : [{ model, values, weight }];
  });
}

export function writeOutlook(outlook: Outlook): string {
  return JSON.stringify(outlook.map(({ model, values, weight }) => ({ model: model.name, values, weight })));
}

export function writeModels({ models }: Pick<Fitted, 'models'>): string {
  return JSON.stringify(
    models.map(({ model, values, logLikelihood, isAtLimit }) => ({
      ...{ name: model.name, values, logLikelihood, isAtLimit },
    })),
  );
}

export function writeCandidates({ candidates }: Pick<Fitted, 'candidates'>): string {
  return JSON.stringify(
    candidates.map(({ name, parts, past }) => ({
      name,
      weights: parts.map(({ model, weight }) => ({ model: model.name, weight })),
      past: past.map(writtenRecord),
    })),
  );
}

export function writeCovariate({ covariate }: Pick<Fitted, 'covariate'>): string | null {
  if (covariate === null) return null;
  const { without, with: held, ...of } = covariate;
  return JSON.stringify({ ...of, without: without.map(writtenRecord), with: held.map(writtenRecord) });
}

const writtenRecord = ({ accounts, rmse, bias, logLoss, coverage80 }: ForecastRecord) => ({
  ...{ accounts, rmse, logLoss, coverage80 },
  bias: Number.isFinite(bias) ? bias : null,
});

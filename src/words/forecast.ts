import type { Formats } from '../../functions/ground/formats/format.ts';
import type { AccountForecast } from '../../functions/insight/forecasts/get-forecast.ts';
import type { ForecastsShown } from '../../functions/insight/forecasts/get-record.ts';
import type { KeptBusiness } from '../../functions/insight/forecasts/kept/fits.ts';
import type { FirstClasses } from '../../functions/insight/forecasts/known/first-purchase.ts';
import type { Messages } from '../locale.ts';

const names: Readonly<Record<string, string>> = {
  nbd: 'NBD',
  'bg-nbd': 'BG/NBD',
  'mbg-nbd': 'MBG/NBD',
  'pareto-nbd': 'Pareto/NBD',
};

/** Models have the names of the papers that they are from, in every language. */
export const modelWords = (t: Messages, name: string): string => names[name] ?? t.forecast_model_pool();

/** A share of one in whole per cents. */
export const shareWords = (share: number, { percent }: Formats): string =>
  percent(Math.round(share * 100) * 100);

/** A chance in whole per cents; nothing is quite sure or quite impossible. */
export function chanceWords(t: Messages, chance: number, formats: Formats): string {
  if (chance > 0.99) return t.forecast_over({ share: shareWords(0.99, formats) });
  if (chance < 0.01) return t.forecast_under({ share: shareWords(0.01, formats) });
  return shareWords(chance, formats);
}

/** A figure with so many decimals. */
export const roundedWords = (value: number, { number }: Formats, decimals = 1): string =>
  number(Math.round(value * 10 ** decimals) / 10 ** decimals);

/** Why nothing can be told of an account; null where something can. */
export function cannotTellWords(
  t: Messages,
  { cannotTell, business }: Pick<AccountForecast, 'cannotTell' | 'business'>,
  { number }: Formats,
): string | null {
  if (cannotTell === null) return null;
  if (cannotTell === 'few_accounts')
    return t.forecast_cannot_few_accounts({ accounts: number(business?.accounts ?? 0) });
  if (cannotTell === 'short_history')
    return t.forecast_cannot_short_history({ days: number(business?.historyDays ?? 0) });
  return t[`forecast_cannot_${cannotTell}`]();
}

/** What a forecast of an account rests on, a sentence each. */
export function forecastReasons(t: Messages, told: AccountForecast, formats: Formats): string[] {
  const { known, served, ahead, cannotTell } = told;
  if (known === null) return [];
  const { number, date } = formats;
  const { purchaseDays, firstOn, lastOn, daysSinceLast, intervalDays } = known;
  const interval = intervalDays === null ? null : Math.round(intervalDays);
  return [
    purchaseDays === 1
      ? t.forecast_why_once({ first: date(firstOn) })
      : t.forecast_why_bought({
          ...{ n: purchaseDays, shown: number(purchaseDays) },
          ...{ first: date(firstOn), last: date(lastOn) },
        }),
    daysSinceLast === 0
      ? t.forecast_why_today()
      : t.forecast_why_since({ n: daysSinceLast, shown: number(daysSinceLast) }),
    ...(interval === null ? [] : [t.forecast_why_interval({ n: interval, shown: number(interval) })]),
    ...(cannotTell === null ? [t.forecast_why_model({ model: modelWords(t, served ?? '') })] : []),
    ...(ahead.some(({ orders }) => orders === null) ? [t.forecast_why_wide()] : []),
  ];
}

/** How much a sum of forecasts was too high or too low. */
export function biasWords(t: Messages, bias: number | null, formats: Formats): string {
  const percent = shareWords(Math.abs(bias ?? 0), formats);
  const isExact = bias === null || Math.round(bias * 100) === 0;
  if (isExact) return bias === null ? '' : t.forecasts_exact();
  return bias > 0 ? t.forecasts_too_many({ percent }) : t.forecasts_too_few({ percent });
}

/** The same as a figure with its sign. */
export function signedShareWords(bias: number | null, formats: Formats): string {
  if (bias === null) return '–';
  const sign = Math.round(bias * 100) === 0 ? '' : bias > 0 ? '+' : '\u2212';
  return `${sign}${shareWords(Math.abs(bias), formats)}`;
}

/** What a row of a record is called: ours by its model, or a plain rule. */
export function wayWords(t: Messages, name: string, served: string): string {
  if (name === 'served') return t.forecasts_way_served({ model: modelWords(t, served) });
  const plain: Readonly<Record<string, () => string>> = {
    'x-again': t.forecasts_way_x_again,
    'last-interval': t.forecasts_way_last_interval,
    'mean-interval': t.forecasts_way_mean_interval,
    'always-zero': t.forecasts_way_always_zero,
  };
  return plain[name]?.() ?? name;
}

const parameterNames: Readonly<Record<string, readonly string[]>> = {
  nbd: ['r', 'α'],
  'bg-nbd': ['r', 'α', 'a', 'b'],
  'mbg-nbd': ['r', 'α', 'a', 'b'],
  'pareto-nbd': ['r', 'α', 's', 'β'],
  'gamma-gamma': ['p', 'q', 'v'],
};

/** A model's parameters by their letters. */
export const parameterWords = (
  { name, values }: Pick<KeptBusiness['models'][number], 'values'> & { name: string },
  formats: Formats,
): string =>
  values
    .map((value, at) => `${parameterNames[name]?.[at] ?? ''} ${roundedWords(value, formats, 3)}`)
    .join(', ');

/** What of first purchases is tried, as the setting says it. */
export function covariateWords(t: Messages, name: ForecastsShown['wanted']): string {
  switch (name) {
    case 'off':
      return t.set_forecast_covariate_off();
    case 'first-basket':
      return t.set_forecast_covariate_basket();
    case 'first-category':
      return t.set_forecast_covariate_category();
    case 'first-season':
      return t.set_forecast_covariate_season();
  }
}

/** What customers of a class have in common. */
export function classWords(
  t: Messages,
  { name, categories }: Pick<FirstClasses, 'name' | 'categories'>,
  place: number,
  { number }: Formats,
): string {
  if (name === 'first-season') return t.forecasts_covariate_quarter({ n: number(place + 1) });
  if (name === 'first-category') return categories[place] ?? t.forecasts_covariate_other();
  const thirds = [
    t.forecasts_covariate_third_1,
    t.forecasts_covariate_third_2,
    t.forecasts_covariate_third_3,
  ];
  return thirds[place]?.() ?? '';
}

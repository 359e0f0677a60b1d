import { z } from 'zod';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import type { AccountForecast } from './get-forecast.ts';
import { horizons, type Ranged } from './served/prospect.ts';
import type { SpendAhead } from './tell-account.ts';

const rangedAnswer = z.object({ expected: z.number(), low: z.number(), high: z.number() }).meta({
  description: 'What is expected, and by 80 % no less than `low` and no more than `high`.',
});
const dayAnswer = z.string().meta({ format: 'date', examples: ['2026-03-01'] });

/** What is to be expected of an account. */
export const forecastAnswer = z.object({
  accountId: z.string(),
  asOf: dayAnswer.meta({ description: 'Today in business time.' }),
  cannotTell: z
    .enum(['no_orders', 'not_made_yet', 'few_accounts', 'short_history'])
    .nullable()
    .meta({ description: 'Why nothing is told: cannot tell yet. Null where something is.' }),
  model: z.string().nullable().meta({ description: 'Which model serves, by its record on this business.' }),
  known: z
    .object({
      purchaseDays: z.int(),
      ...{ firstOn: dayAnswer, lastOn: dayAnswer },
      meanIntervalDays: z.number().nullable(),
      daysSinceLast: z.int(),
    })
    .nullable()
    .meta({ description: 'All that the model knows of the account.' }),
  alive: z
    .object({ chance: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .meta({ description: 'The chance that it still buys now and then, 0 to 1.' }),
  ahead: z.array(
    z.object({
      days: z.union(horizons.map((days) => z.literal(days))),
      orders: rangedAnswer.nullable().meta({
        description: 'Purchase days; null where the range over all accounts is too wide to tell.',
      }),
      spend: z
        .object({ expected: moneyAnswer, low: moneyAnswer, high: moneyAnswer })
        .nullable()
        .meta({ description: 'Null where it cannot be told.' }),
    }),
  ),
  next: z
    .object({
      chance: z.number(),
      ...{ from: dayAnswer, until: dayAnswer },
      expected: dayAnswer.nullable(),
    })
    .nullable()
    .meta({
      description:
        'The next purchase day, if there is one within 365 days: `chance` is that there is, 80 % of those lie in the range, and by `expected` it is as likely as not.',
    }),
});
export type ForecastAnswer = z.output<typeof forecastAnswer>;

export function toForecastAnswer(told: AccountForecast): ForecastAnswer {
  const { accountId, asOf, cannotTell, served: model, known, alive, ahead, next, currency } = told;
  return {
    ...{ accountId, asOf, cannotTell, model },
    known: known && {
      ...{ purchaseDays: known.purchaseDays, firstOn: known.firstOn, lastOn: known.lastOn },
      meanIntervalDays: known.intervalDays === null ? null : rounded(known.intervalDays),
      daysSinceLast: known.daysSinceLast,
    },
    alive: alive && { chance: rounded(alive.chance), low: rounded(alive.low), high: rounded(alive.high) },
    ahead: ahead.map(({ days, orders, spend }) => ({
      days,
      orders: orders && roundedRange(orders),
      spend: spend === null || currency === null ? null : moneyOf(spend, currency),
    })),
    next: next && { ...next, chance: rounded(next.chance) },
  };
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

const roundedRange = ({ expected, low, high }: Ranged) => ({ expected: rounded(expected), low, high });

const moneyOf = (spend: SpendAhead, currency: string) => ({
  expected: toMoneyJson(spend.expectedMinor, currency),
  low: toMoneyJson(spend.lowMinor, currency),
  high: toMoneyJson(spend.highMinor, currency),
});

import { z } from 'zod';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { identifier } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { type AccountForecast, yearSpend } from '../forecasts/get-forecast.ts';
import type { SpendAhead } from '../forecasts/tell-account.ts';
import { type KnownMargin, marginToCome, percentOf } from '../margins/margins.ts';
import type { AccountValue, SpendParts } from './get-value.ts';

/** `?account=` of a customer's value. */
export const valueQuery = z.strictObject({
  account: identifier(200).optional().meta({
    description: 'The id of one of the customer’s accounts; needed when they have several.',
  }),
});

const spent = z.object({
  orders: z.int().meta({ description: 'Neither cancelled nor wholly refunded.' }),
  spend: moneyAnswer.meta({ description: 'Total less discounts and refunds, without shipping and tax.' }),
});

const knownMargin = z
  .object({
    margin: moneyAnswer.meta({
      description: 'What is left of `of`; below 0 where goods were sold for less than they cost.',
    }),
    of: moneyAnswer.meta({ description: 'The spend of which a margin is known.' }),
    parts: z.array(
      z.object({
        kind: z.enum(['product', 'category', 'rest', 'none']).meta({
          description:
            'Which margin applies: of the product, the category, all the rest, or none that is known.',
        }),
        name: z.string(),
        percent: z.string().nullable(),
        spend: moneyAnswer,
      }),
    ),
  })
  .meta({ id: 'KnownMargin' });

const expectedAnswer = z.object({ spend: moneyAnswer, low: moneyAnswer, high: moneyAnswer }).nullable();

export const valueAnswer = z
  .object({
    accountId: z.string(),
    toDate: spent,
    year: spent.extend({
      since: z.string().meta({ format: 'date', examples: ['2025-03-02'] }),
      until: z.string().meta({ format: 'date', examples: ['2026-03-01'] }),
    }),
    rewards: moneyAnswer.meta({ description: 'Given to date, less what was taken back.' }),
    refunds: moneyAnswer.meta({ description: 'To date; taken off what was spent.' }),
    referred: z.object({
      friends: z.int().meta({ description: 'Who came by their recommendation and ordered.' }),
      spend: moneyAnswer,
    }),
    rank: z
      .object({ place: z.int(), of: z.int() })
      .nullable()
      .meta({ description: 'By spend of the last 365 days; null for who spent nothing.' }),
    margin: z.object({ toDate: knownMargin, year: knownMargin, expected: expectedAnswer }).nullable().meta({
      description:
        'What is left when the goods are paid for, by the margins of today; `expected` as of the last 365 days, or to date where nothing was spent in them. Null while the business has told none, and for keys without `settings:read`.',
    }),
    expected: expectedAnswer.meta({
      description: 'Of the next 365 days, with the range of 80 per cent; null where it cannot be told.',
    }),
    departments: z.array(
      z.object({
        id: z.string().meta({ description: 'Empty for the account itself.' }),
        name: z.string().nullable(),
        toDate: spent,
        year: spent,
        rank: z
          .object({ place: z.int(), of: z.int() })
          .nullable()
          .meta({ description: 'Among those of the account that spent anything in these days.' }),
        expected: expectedAnswer.meta({ description: 'As if it stood alone: they need not add up.' }),
      }),
    ),
  })
  .meta({ id: 'Value' });

/** The value as the API writes it, with what is to be expected of the same account. */
export function toValueAnswer(
  value: AccountValue,
  forecast: Pick<AccountForecast, 'ahead' | 'departments'>,
): z.output<typeof valueAnswer> {
  const { currency, since, until } = value;
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const toDate = (of: SpendParts) => ({ orders: of.orderCount, spend: money(of.spendMinor) });
  const year = (of: SpendParts) => ({ orders: of.yearOrders, spend: money(of.yearSpendMinor) });
  const ahead = (spend: Pick<SpendAhead, 'expectedMinor' | 'lowMinor' | 'highMinor'> | null) =>
    spend && {
      spend: money(spend.expectedMinor),
      low: money(spend.lowMinor),
      high: money(spend.highMinor),
    };
  return {
    accountId: value.accountId,
    toDate: toDate(value),
    year: { ...year(value), since, until },
    rewards: money(value.rewardsMinor),
    refunds: money(value.refundedMinor),
    referred: { friends: value.referred.friends, spend: money(value.referred.spendMinor) },
    rank: value.rank,
    margin: value.margin && {
      toDate: marginOf(value.margin.toDate, money),
      year: marginOf(value.margin.year, money),
      expected: ahead(marginToCome(value.margin, yearSpend(forecast))),
    },
    expected: ahead(yearSpend(forecast)),
    departments: value.departments.map((department) => ({
      ...{ id: department.id, name: department.name },
      ...{ toDate: toDate(department), year: year(department), rank: department.rank },
      expected: ahead(forecast.departments.find(({ id }) => id === department.id)?.spend ?? null),
    })),
  };
}

function marginOf(
  known: KnownMargin,
  money: (minor: bigint) => z.output<typeof moneyAnswer>,
): z.output<typeof knownMargin> {
  return {
    margin: money(known.minor),
    of: money(known.ofMinor),
    parts: known.parts.map(({ kind, name, bps, spentMinor }) => ({
      ...{ kind, name, percent: bps === null ? null : percentOf(bps) },
      spend: money(spentMinor),
    })),
  };
}

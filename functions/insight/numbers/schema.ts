import { z } from 'zod';
import { instantAnswer, instantText, moneyAnswer } from '../../ground/platform/answer.ts';
import { dayFromNumber } from '../../ground/platform/calendar.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { typicalKinds } from './count-numbers.ts';
import type { FifthStarts } from './fifths.ts';
import type { NumbersView } from './get-numbers.ts';
import { toTypicalAnswer, typicalAnswer } from './profile-schema.ts';

const day = z.string().meta({ format: 'date', examples: ['2026-03-01'] });
/** What every answer says of itself. */
const asOf = {
  since: day.meta({ description: 'The first of the 365 business days.' }),
  until: day.meta({ description: 'The last of them.' }),
  countedAt: instantAnswer,
};
const month = z.string().meta({ examples: ['2026-03'] });
const accounts = z.int();
const fifth = z.int().meta({ description: 'From 1 to 5, which is best.' });
const starts = <Start extends z.ZodType>(start: Start) =>
  z.array(start.nullable()).meta({
    description: 'The least that is in the second fifth and each above it; null where that is empty.',
  });
const below = 'The first that is not in it; null for the last.';

export const rfmAnswer = z
  .object({
    ...asOf,
    accounts: accounts.meta({ description: 'Those that bought in these days.' }),
    starts: z.object({ recency: starts(day), frequency: starts(z.int()), spend: starts(moneyAnswer) }),
    cells: z.array(z.object({ recency: fifth, frequency: fifth, accounts, spend: moneyAnswer })),
    monetary: z.array(z.object({ fifth, accounts, spend: moneyAnswer })),
  })
  .meta({ id: 'Rfm' });

export const retentionAnswer = z
  .object({
    ...asOf,
    cohorts: z.array(
      z.object({
        month: month.meta({ description: 'Of the first purchase day.', examples: ['2026-03'] }),
        accounts,
        bought: z
          .array(z.int())
          .meta({ description: 'How many bought in each month since, the first among them.' }),
      }),
    ),
  })
  .meta({ id: 'Retention' });

export const spendAnswer = z
  .object({
    ...asOf,
    spread: z.array(
      z.object({ from: moneyAnswer, below: moneyAnswer.nullable().meta({ description: below }), accounts }),
    ),
    topTenth: z
      .object({
        accounts,
        of: accounts,
        spend: moneyAnswer,
        ofSpend: moneyAnswer,
        from: moneyAnswer.nullable(),
      })
      .meta({ description: 'The tenth that spent most, rounded up, and all who spent anything.' }),
  })
  .meta({ id: 'SpendSpread' });

export const intervalsAnswer = z
  .object({
    ...asOf,
    spread: z.array(
      z.object({
        fromDays: z.number(),
        belowDays: z.number().nullable().meta({ description: below }),
        accounts,
      }),
    ),
  })
  .meta({ id: 'IntervalSpread' });

export const seasonsAnswer = z
  .object({
    ...asOf,
    months: z.array(z.object({ month, orders: z.int(), accounts, spend: moneyAnswer })),
    weekdays: z
      .array(z.object({ weekday: z.int(), orders: z.int(), spend: moneyAnswer }))
      .meta({ description: 'Of the 365 days; 0 is Sunday.' }),
  })
  .meta({ id: 'Seasons' });

export const typicalKindsAnswer = z
  .object({
    ...asOf,
    kinds: z.array(z.object({ kind: z.enum(typicalKinds), typical: typicalAnswer })),
  })
  .meta({ id: 'TypicalKinds' });

const about = ({ since, today: until, at }: NumbersView) => ({ since, until, countedAt: instantText(at) });
const moneyIn =
  ({ currency }: NumbersView) =>
  (minor: bigint) =>
    toMoneyJson(minor, currency);
const startsOf = <To>(list: FifthStarts, write: (start: bigint) => To) =>
  list.map((start) => (start === null ? null : write(start)));

export function toRfmAnswer(view: NumbersView): z.output<typeof rfmAnswer> {
  const { rfm } = view;
  const money = moneyIn(view);
  return {
    ...{ ...about(view), accounts: rfm.accounts },
    starts: {
      recency: startsOf(rfm.starts.recency, (start) => dayFromNumber(Number(start))),
      frequency: startsOf(rfm.starts.frequency, Number),
      spend: startsOf(rfm.starts.spend, money),
    },
    cells: rfm.cells.map(({ spendMinor, ...cell }) => ({ ...cell, spend: money(spendMinor) })),
    monetary: rfm.spend.map(({ spendMinor, ...row }) => ({ ...row, spend: money(spendMinor) })),
  };
}

export const toRetentionAnswer = (view: NumbersView): z.output<typeof retentionAnswer> => ({
  ...{ ...about(view), cohorts: view.cohorts },
});

export function toSpendAnswer(view: NumbersView): z.output<typeof spendAnswer> {
  const money = moneyIn(view);
  const { accounts: top, of, spendMinor, ofMinor, fromMinor } = view.topTenth;
  return {
    ...about(view),
    spread: view.spend.map(({ from, to, accounts: some }) => ({
      ...{ from: money(from), below: to === null ? null : money(to), accounts: some },
    })),
    topTenth: {
      ...{ accounts: top, of, spend: money(spendMinor), ofSpend: money(ofMinor) },
      from: fromMinor === null ? null : money(fromMinor),
    },
  };
}

export const toIntervalsAnswer = (view: NumbersView): z.output<typeof intervalsAnswer> => ({
  ...about(view),
  spread: view.intervals.map(({ from, to, accounts: some }) => ({
    ...{ fromDays: Number(from) / 2, belowDays: to === null ? null : Number(to) / 2, accounts: some },
  })),
});

export function toSeasonsAnswer(view: NumbersView): z.output<typeof seasonsAnswer> {
  const money = moneyIn(view);
  return {
    ...about(view),
    months: view.months.map(({ spendMinor, ...row }) => ({ ...row, spend: money(spendMinor) })),
    weekdays: view.weekdays.map(({ spendMinor, ...row }) => ({ ...row, spend: money(spendMinor) })),
  };
}

export const toTypicalKindsAnswer = (view: NumbersView): z.output<typeof typicalKindsAnswer> => ({
  ...about(view),
  kinds: typicalKinds.flatMap((kind) => {
    const typical = view.typical[kind];
    return typical === undefined ? [] : [{ kind, typical: toTypicalAnswer(typical, view.currency) }];
  }),
});

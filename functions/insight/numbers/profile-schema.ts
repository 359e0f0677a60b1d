import { z } from 'zod';
import { instantAnswer, instantText, moneyAnswer } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { TYPICAL_MIN, type TypicalAccount } from './collect.ts';
import type { SegmentProfile } from './get-segment-profile.ts';
import type { KeptProfile } from './kept-segments.ts';
import { modelMarginOf } from './model-margin.ts';
import type { Quartiles } from './quartiles.ts';
import { type Estimated, MODEL_MIN, type ValueModel } from './value-model.ts';

const half = <Figure extends z.ZodType>(figure: Figure) =>
  z.object({ lower: figure, median: figure, upper: figure }).nullable().meta({
    description: `Quartiles: half of the accounts lie between lower and upper. Null of none.`,
  });
const within = <Figure extends z.ZodType>(figure: Figure) =>
  z.object({ expected: figure, low: figure, high: figure }).meta({
    description: 'With the range in which it lies by 80 %.',
  });

export const typicalAnswer = z
  .object({
    accounts: z.int().meta({ description: 'Those that bought within the last 365 days.' }),
    cannotTell: z.boolean().meta({ description: `Fewer of them than ${TYPICAL_MIN}.` }),
    basket: half(moneyAnswer),
    purchaseDays: half(z.number()),
    yearSpend: half(moneyAnswer),
    meanYearSpend: moneyAnswer,
    returning: z.int().meta({ description: 'Those that bought on two days or more, whenever.' }),
    intervalDays: half(z.number()),
    mix: z.array(z.object({ category: z.string(), share: z.number() })).meta({
      description:
        'Shares of what they spent to date, the most first; lines of no category under an empty name.',
    }),
  })
  .meta({ id: 'TypicalAccount' });

const valueModelAnswer = z
  .object({
    accounts: z.int().meta({ description: 'Those that have bought anything.' }),
    yearSpend: within(moneyAnswer)
      .nullable()
      .meta({
        description: `Of the last 365 days, as a mean of all of them; null of fewer than ${MODEL_MIN}.`,
      }),
    expected: z
      .object({ accounts: z.int(), spend: within(moneyAnswer), half: half(moneyAnswer) })
      .nullable()
      .meta({ description: 'What forecasts expect of one in the next 365 days.' }),
    retention: z
      .array(z.object({ year: z.int(), of: z.int(), bought: z.int() }))
      .meta({ description: 'By years since the first purchase day; 0 is the first, in which all bought.' }),
    kept: z
      .object({ of: z.int(), share: within(z.number()) })
      .nullable()
      .meta({ description: 'Account-years with a purchase that were followed by another.' }),
    lifetime: z
      .object({ years: within(z.number()), spend: within(moneyAnswer), yearSpend: moneyAnswer })
      .nullable()
      .meta({
        description: '`years` is 1 ÷ (1 − kept), `spend` that times what is spent in a year with a purchase.',
      }),
  })
  .meta({ id: 'ValueModel' });

const profileAnswer = z.object({
  typical: typicalAnswer,
  value: valueModelAnswer,
  margin: z
    .object({
      share: z
        .number()
        .nullable()
        .meta({ description: 'What is left of one of the spend with a known margin.' }),
      knownOf: z.number().meta({ description: 'How much of one of their spend to date has a known margin.' }),
      year: within(moneyAnswer).nullable(),
      expected: within(moneyAnswer).nullable(),
      lifetime: within(moneyAnswer).nullable(),
    })
    .nullable()
    .meta({
      description:
        'What is left of the figures of `value` when the goods are paid for; null while no margin is told, and for keys without `settings:read`.',
    }),
});

export const segmentProfileAnswer = z.object({
  segment: z.string(),
  since: z.string().meta({ format: 'date', examples: ['2025-03-02'] }),
  until: z.string().meta({ format: 'date', examples: ['2026-03-01'] }),
  countedAt: instantAnswer,
  own: profileAnswer.nullable().meta({ description: 'Null where nobody in it had bought anything.' }),
  whole: profileAnswer.meta({ description: 'The same of all accounts.' }),
});

export function toSegmentProfileAnswer(profile: SegmentProfile): z.output<typeof segmentProfileAnswer> {
  const { id: segment, since, until, at, own, whole, currency } = profile;
  const answer = (of: KeptProfile) => ({
    typical: toTypicalAnswer(of.typical, currency),
    value: toValueModelAnswer(of.value, currency),
    margin: toMarginAnswer(of, currency),
  });
  return {
    ...{ segment, since, until, countedAt: instantText(at) },
    ...{ own: own && answer(own), whole: answer(whole) },
  };
}

export function toTypicalAnswer(typical: TypicalAccount, currency: string): z.output<typeof typicalAnswer> {
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const halfDays = (value: bigint) => Number(value) / 2;
  return {
    ...{ accounts: typical.accounts, cannotTell: typical.accounts < TYPICAL_MIN },
    basket: mapHalf(typical.basketMinor, money),
    purchaseDays: mapHalf(typical.yearDays, Number),
    yearSpend: mapHalf(typical.yearSpendMinor, money),
    meanYearSpend: money(typical.meanSpendMinor),
    returning: typical.returning,
    intervalDays: mapHalf(typical.intervalHalfDays, halfDays),
    mix: typical.mix.map(({ category, bps }) => ({ category, share: bps / 10_000 })),
  };
}

function toValueModelAnswer(model: ValueModel, currency: string): z.output<typeof valueModelAnswer> {
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const { yearSpendMinor, expected, kept, lifetime } = model;
  return {
    ...{ accounts: model.accounts, retention: model.retention },
    yearSpend: yearSpendMinor && mapEstimated(yearSpendMinor, money),
    expected: expected && {
      accounts: expected.accounts,
      spend: mapEstimated(expected.minor, money),
      half: mapHalf(expected.half, money),
    },
    kept: kept && { of: kept.of, share: mapEstimated(kept.share, rounded) },
    lifetime: lifetime && {
      years: mapEstimated(lifetime.years, rounded),
      spend: mapEstimated(lifetime.minor, money),
      yearSpend: money(lifetime.yearMinor),
    },
  };
}

function toMarginAnswer(profile: KeptProfile, currency: string): z.output<typeof profileAnswer>['margin'] {
  const found = modelMarginOf(profile);
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  return (
    found && {
      share: found.bps === null ? null : found.bps / 10_000,
      knownOf: found.knownBps / 10_000,
      year: found.year && mapEstimated(found.year, money),
      expected: found.expected && mapEstimated(found.expected, money),
      lifetime: found.lifetime && mapEstimated(found.lifetime, money),
    }
  );
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

function mapHalf<To>(quartiles: Quartiles | null, write: (value: bigint) => To) {
  if (quartiles === null) return null;
  const { lower, median, upper } = quartiles;
  return { lower: write(lower), median: write(median), upper: write(upper) };
}

function mapEstimated<From, To>({ expected, low, high }: Estimated<From>, write: (value: From) => To) {
  return { expected: write(expected), low: write(low), high: write(high) };
}

import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';
import {
  type PeriodAsked,
  readPeriod,
  type ShownPeriod,
  type Stretch,
} from '../../ground/platform/period.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listCurrencies } from '../../money/orders/find-filtered.ts';
import { keptFigure } from '../console/kept-figures.ts';
import { sumByGroup } from './movement-kinds.ts';
import {
  countActive,
  countTold,
  type LedgerDay,
  listLedgerDays,
  type OrderSum,
  spanOf,
  sumOrders,
  sumPromises,
} from './queries.ts';

const orderSum = z.object({ orders: z.number(), cancelled: z.number(), spendMinor: exactInteger });
/** By the day of posting; given − taken back − redeemed − lapsed + corrected is what balances grew by. */
const rewardSum = z.object({
  givenMinor: exactInteger,
  takenBackMinor: exactInteger,
  redeemedMinor: exactInteger,
  lapsedMinor: exactInteger,
  correctedMinor: exactInteger,
});

const stretchFigures = z.object({
  ...orderSum.shape,
  ...rewardSum.shape,
  active: z.number(),
  /** Orders in other currencies than that of the business. */
  others: z.array(z.object({ currency: z.string(), ...orderSum.shape })),
  promises: z.object({ beaten: z.number(), kept: z.number(), broken: z.number(), open: z.number() }),
  told: z.object({
    ...{ praise: z.number(), idea: z.number(), problem: z.number(), complaint: z.number() },
    // Kept figures of earlier releases know no questions.
    question: z.number().default(0),
  }),
  parts: z.array(z.object({ since: z.string(), until: z.string(), ...orderSum.shape, ...rewardSum.shape })),
});
const figuresShape = z.object({ now: stretchFigures, before: stretchFigures });

/** How one stretch of days went. Amounts in minor units of the currency of the figures. */
export type StretchFigures = z.output<typeof stretchFigures>;
export type PartFigures = StretchFigures['parts'][number];

export interface TodayFigures {
  period: ShownPeriod;
  /** That of the business, else the first one that orders came in; null while there are none. */
  currency: string | null;
  now: StretchFigures;
  before: StretchFigures;
}

/** More than a week reads more than a page should wait for each time. */
const isLong = ({ since, until }: Stretch) => dayNumber(until) - dayNumber(since) > 7;

/**
 * How it goes in a period of business days and in the one before: orders, spend, rewards, promises and what was told. Figures of
 * long periods are those of a while ago where adding them up takes long; what the ledgers moved is a minute old.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getFigures(ctx: Context, asked: PeriodAsked): Promise<TodayFigures> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const { timeZone, currency: own } = await getBusiness(ctx);
  const period = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const currencies = await listCurrencies(ctx.db);
  const currency = own ?? currencies[0] ?? null;
  const look = { currency: currency ?? '', currencies, timeZone };
  const compute = async () => {
    const now = await sumStretch(ctx, { ...look, stretch: period, parts: period.parts });
    return {
      now,
      before: await sumStretch(ctx, { ...look, stretch: period.before, parts: period.partsBefore }),
    };
  };
  if (!isLong(period)) return { period, currency, ...(await compute()) };
  const name = `today by posting ${period.name} ${period.since} ${period.until} ${timeZone} ${currency}`;
  const read = (text: string) => figuresShape.parse(JSON.parse(text));
  return { period, currency, ...(await keptFigure(ctx, name, { compute, write: exactJson, read })) };
}

interface Look {
  currency: string;
  currencies: readonly string[];
  timeZone: string;
  stretch: Stretch;
  parts: readonly Stretch[];
}

async function sumStretch(ctx: Context, look: Look): Promise<StretchFigures> {
  const { currency, currencies, timeZone, stretch } = look;
  const { db } = ctx;
  const span = spanOf(stretch, timeZone);
  const spans = look.parts.map((part) => spanOf(part, timeZone));
  const others = currencies.filter((one) => one !== currency);
  const [orders, days, active, promises, told, ...otherSums] = await Promise.all([
    sumOrders(db, { currency, spans }),
    listLedgerDays(db, { ...pick(stretch), currency }),
    countActive(db, { currencies, spans }),
    sumPromises(db, { stretches: look.parts, timeZone, now: ctx.now() }),
    countTold(db, span),
    ...others.map((other) => sumOrders(db, { currency: other, spans })),
  ]);
  const parts = look.parts.map((part, at) => ({
    ...pick(part),
    ...(orders[at] ?? nothingOrdered),
    ...sumRewards(days.filter(({ day }) => part.since <= day && day <= part.until)),
  }));
  return {
    ...totalOf(parts),
    ...sumRewards(days),
    ...{ active, promises, told, parts },
    others: others.flatMap((other, at) => {
      const sum = totalOf(otherSums[at] ?? []);
      return sum.orders === 0 ? [] : [{ currency: other, ...sum }];
    }),
  };
}

function totalOf(sums: readonly OrderSum[]): OrderSum {
  return {
    orders: sums.reduce((sum, one) => sum + one.orders, 0),
    cancelled: sums.reduce((sum, one) => sum + one.cancelled, 0),
    spendMinor: sums.reduce((sum, one) => sum + one.spendMinor, 0n),
  };
}

const pick = ({ since, until }: Stretch): Stretch => ({ since, until });
const nothingOrdered = { orders: 0, cancelled: 0, spendMinor: 0n };

function sumRewards(days: readonly LedgerDay[]) {
  const sums = sumByGroup(days);
  return {
    givenMinor: sums.given,
    takenBackMinor: -sums.taken_back,
    redeemedMinor: -sums.redeemed,
    lapsedMinor: -sums.expired,
    correctedMinor: sums.corrected,
  };
}

import { allow } from '../../ground/platform/allow.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { addDays, isDay } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../business/business.ts';
import { decideSettings } from '../business/settings.ts';
import { compileProgramme } from '../rewards/compile.ts';
import type { ProgrammeFile } from '../rewards/programme.ts';
import { draftInForce } from './draft.ts';
import { type AccountName, namesOf } from './names.ts';
import { type AccountShift, type MonthCost, monthsBetween, type Nearly, openTally } from './outcome.ts';
import { findFirst, findLastCounted } from './queries.ts';
import { replayAll } from './replay-all.ts';

/** What a draft would have cost on the shop's own history, beside the programme in force. Money in minor units. */
export interface Rehearsal {
  /** First day that is looked at, business time. */
  since: string;
  /** First day after the last order. */
  until: string;
  currency: string;
  presentMinor: bigint;
  draftMinor: bigint;
  months: MonthCost[];
  accounts: { gain: number; lose: number; same: number };
  /** Who gains and who loses most, twenty at most. */
  gainers: AccountShift[];
  losers: AccountShift[];
  /** The nearest first, ten thousand at most; `nearlyCount` is all of them. */
  nearly: Nearly[];
  nearlyCount: number;
  /** What those named here are called, by account. */
  names: ReadonlyMap<string, AccountName>;
  orders: number;
}

export interface RehearsalOptions {
  /** First business day whose orders are looked at; all history without it. */
  since: string | null;
  /** A request cannot wait for ever; without it there is no limit. */
  msMax?: number | undefined;
  onProgress?: ((orders: number) => void) | undefined;
}

/**
 * Replays all orders under a draft and under the programme in force, by the rules that count and settle (DOMAIN §8,
 * Rehearsal); writes nothing. What an order earns is its marginal part in the order of placing, what is pending
 * included. Orders before `since` lead up to it and are not told.
 * @throws {AppError} `validation_failed`, `setting_is_fixed`, and `rehearsal_too_long` after `msMax`
 */
export async function rehearse(
  ctx: Context,
  file: ProgrammeFile,
  { since: wanted, msMax, onProgress }: RehearsalOptions,
): Promise<Rehearsal> {
  allow(ctx.actor, 'programme:read');
  allow(ctx.actor, 'orders:read');
  if (wanted !== null && !isDay(wanted))
    throw wrongField('since', 'invalid_date', 'has to be a date such as 2026-03-01');
  const business = await getBusiness(ctx);
  await decideSettings(ctx, business, { currency: file.currency, timeZone: file.timeZone });
  const span = await spanOf(ctx, file, wanted);
  const { since, lastDay } = span;
  const draft = compileProgramme(draftInForce(file, business.programme, span));
  const tally = openTally();
  const orders = await replayAll(ctx, {
    sides: { present: business.compiled, draft },
    tally,
    timeZone: file.timeZone,
    isMoved: file.timeZone !== business.timeZone,
    sinceAt: startOfDay(since, file.timeZone),
    lastAt: span.lastAt,
    msMax,
    onProgress,
  });
  const [gainers, losers, nearly] = [tally.gainers.list(), tally.losers.list(), tally.nearly.list()];
  return {
    since,
    until: addDays(lastDay, 1),
    currency: file.currency,
    presentMinor: tally.presentMinor,
    draftMinor: tally.draftMinor,
    months: monthsBetween(tally, since, lastDay),
    accounts: tally.accounts,
    gainers,
    losers,
    nearly,
    nearlyCount: tally.nearly.count,
    names: await namesOf(ctx.db, [...gainers, ...losers, ...nearly]),
    orders,
  };
}

interface Span {
  since: string;
  lastDay: string;
  lastAt: number;
}

async function spanOf(
  ctx: Context,
  { currency, timeZone }: ProgrammeFile,
  since: string | null,
): Promise<Span> {
  const [first, last] = await Promise.all([findFirst(ctx.db), findLastCounted(ctx.db, { currency })]);
  const today = { at: ctx.now(), day: null };
  const [from, to] = [first ?? today, last ?? today].map(({ at, day }) => ({
    day: day ?? dayOf(at, timeZone),
    at: day === null ? at : startOfDay(day, timeZone),
  }));
  assert(from !== undefined && to !== undefined, 'two moments stay two');
  const earliest = from.at < to.at ? from : to;
  return { since: since ?? earliest.day, lastDay: to.day, lastAt: to.at };
}

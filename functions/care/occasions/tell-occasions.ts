import { isConflictOn, StoreUnavailable } from '../../../db/store.ts';
import { addDays, dayOf, instantOfLocal, startOfDay } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { listVerdicts } from '../../people/preferences/may-tell.ts';
import { listComplaining } from '../../voice/feedback/list-complaining.ts';
import { findHomes, type Home } from './find-homes.ts';
import { listOccasions, type Occasion, type OccasionSpan } from './list-occasions.ts';
import { listWithoutOffers } from './list-without-offers.ts';
import { GIFT_DAYS, type OccasionKind, occasionKinds, WORDS_DAYS } from './occasion-day.ts';
import { wishHour } from './policies.ts';
import { listToldOn } from './queries.ts';
import { isOffer, loadSettings, type OccasionSetting } from './settings.ts';
import { type PlannedOccasion, type PlannedWish, writeWish } from './write-wish.ts';

/** So many occasions are read at once, and so many customers told. */
const READ = 5000;
const STEP = 500;

/**
 * Wishes well whose day it is in business time, from the hour on that the business chose: each occasion once a year, one a day, with the gift in
 * the same write. What could not be told on its day is told up to three days late, and a gift given up to thirty. Whoever has a
 * complaint open waits. Returns how many were told or given something.
 */
export async function tellOccasions(ctx: Context): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const business = await getBusiness(own);
  const { timeZone, currency } = business;
  const today = dayOf(ctx.now(), timeZone);
  const hour = String(policyOf(business, wishHour)).padStart(2, '0');
  if (ctx.now() < instantOfLocal(`${today}T${hour}:00:00.000`, timeZone)) return 0;
  const settings = (await loadSettings(own.db)).filter(({ isOn }) => isOn);
  const spans = settings.map((setting) => spanOf(setting, today));
  let [told, after] = [0, ''];
  while (!ctx.isEnding?.()) {
    const rows = await listOccasions(own.db, {
      ...{ spans, timeZone, after, limit: READ },
      groupsOn: { today, currency },
    });
    const byCustomer = [...Map.groupBy(wholeOf(rows), ({ customerId }) => customerId)];
    for (let at = 0; at < byCustomer.length && !ctx.isEnding?.(); at += STEP)
      told += await tellStep(ctx, byCustomer.slice(at, at + STEP), {
        ...{ settings, today, timeZone, currency },
      });
    if (rows.length < READ) break;
    after = beforeLast(rows);
  }
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

const spanOf = ({ kind, giftForm, sinceDay, audience }: OccasionSetting, today: string): OccasionSpan => {
  const earliest = addDays(today, -(giftForm === 'none' ? WORDS_DAYS : GIFT_DAYS));
  const from = sinceDay > earliest ? sinceDay : earliest;
  return { kind, audience, from, wordsFrom: addDays(today, -WORDS_DAYS), until: today };
};

/** The last customer of a full read may have more than it holds: they come whole with the next. */
const wholeOf = (rows: readonly Occasion[]) =>
  rows.length < READ ? rows : rows.filter(({ customerId }) => customerId <= beforeLast(rows));

function beforeLast(rows: readonly Occasion[]): string {
  const last = rows.at(-1)?.customerId;
  return rows.findLast(({ customerId }) => customerId !== last)?.customerId ?? last ?? '';
}

interface Known {
  settings: readonly OccasionSetting[];
  today: string;
  timeZone: string;
  currency: string | null;
}

async function tellStep(
  ctx: Context,
  byCustomer: readonly (readonly [customerId: string, occasions: readonly Occasion[]])[],
  known: Known,
): Promise<number> {
  const db = ctx.db.fresh;
  const customerIds = byCustomer.map(([customerId]) => customerId);
  const since = startOfDay(known.today, known.timeZone);
  const homes = await findHomes(db, customerIds);
  const [noOffers, complaining, toldToday, verdicts] = await Promise.all([
    known.settings.some(isOffer) ? listWithoutOffers(ctx, homes) : new Map<string, string>(),
    listComplaining(db, { customerIds, since }),
    listToldOn(db, { ids: JSON.stringify(customerIds), since }),
    listVerdicts(ctx, customerIds, { topic: 'occasions', channel: 'mail' }),
  ]);
  const heard = new Set(toldToday.map(({ customerId }) => customerId));
  let told = 0;
  for (const [customerId, occasions] of byCustomer) {
    const home = homes.get(customerId);
    if (home === undefined || complaining.has(customerId)) continue;
    const verdict = verdicts.get(customerId);
    if (verdict?.may === false && (verdict.because === 'declined' || verdict.because === 'left')) continue;
    const isOffered = !noOffers.has(customerId);
    const giftOf = (one: Occasion) => giftFor(one, { home, isOffered, known });
    for (const wish of planWishes(occasions, { ...known, isHeard: heard.has(customerId), giftOf }))
      told += await writeOne(ctx, { wish, home, known });
  }
  return told;
}

/** What an occasion gives, in minor units; 0 for words alone, also where the business changed its currency since it said so, and to who is sold nothing. */
function giftFor(
  { kind, hadGift }: Occasion,
  { home, isOffered, known: { settings, currency } }: { home: Home; isOffered: boolean; known: Known },
): bigint {
  if (hadGift || !home.takesGifts) return 0n;
  const setting = settings.find((one) => one.kind === kind);
  if (setting === undefined || setting.currency !== currency) return 0n;
  return isOffer(setting) && !isOffered ? 0n : setting.giftMinor;
}

/**
 * What becomes of the occasions of one customer today: those of one day are told together, that which gives most first, each with its
 * gift, though none for two of a kind; old ones give alone.
 */
function planWishes(
  occasions: readonly Occasion[],
  { today, isHeard, giftOf }: { today: string; isHeard: boolean; giftOf: (one: Occasion) => bigint },
): PlannedWish[] {
  const late = (day: string) => dayNumber(today) - dayNumber(day);
  const ordered = occasions.toSorted(
    (a, b) =>
      b.day.localeCompare(a.day) ||
      Number(giftOf(b) - giftOf(a)) ||
      occasionKinds.indexOf(a.kind) - occasionKinds.indexOf(b.kind),
  );
  const first = isHeard ? undefined : ordered.find(({ day }) => late(day) <= WORDS_DAYS);
  const together = ordered.filter(({ day }) => day === first?.day).map(onceOfAKind(giftOf));
  const [wish, ...besides] = together;
  const told: PlannedWish[] =
    wish === undefined ? [] : [{ ...wish, outcome: 'told', isLate: wish.day < today, besides }];
  const old = ordered.filter(({ day }) => late(day) > WORDS_DAYS).map(onceOfAKind(giftOf));
  const given = old.filter(({ isGiving }) => isGiving);
  return [...told, ...given.map((one) => ({ ...one, outcome: 'late', isLate: true, besides: [] }) as const)];
}

/** Says of each whether it gives anything: of a kind the first. */
function onceOfAKind(giftOf: (one: Occasion) => bigint): (one: Occasion) => PlannedOccasion {
  const given = new Set<OccasionKind>();
  return (one) => {
    const isGiving = giftOf(one) > 0n && !given.has(one.kind);
    if (isGiving) given.add(one.kind);
    return { ...one, isGiving };
  };
}

/** Whoever cannot be told keeps nobody else waiting. */
async function writeOne(
  ctx: Context,
  { wish, home, known }: { wish: PlannedWish; home: Home; known: Known },
): Promise<number> {
  const settings = new Map(known.settings.map((setting) => [setting.kind, setting]));
  try {
    return (await writeWish(ctx, { wish, home, settings, timeZone: known.timeZone })) ? 1 : 0;
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    if (isConflictOn(error, 'occasion_wishes')) return 0;
    ctx.log.warn('{customer} is left for later, unwished: {reason}', {
      customer: wish.customerId,
      reason: reasonOf(error),
    });
    return 0;
  }
}

import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { findGroups } from '../../insight/facts/find-groups.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findManagersOf } from '../../people/managers/find-manager.ts';
import { isFor } from './audience.ts';
import { findHomes } from './find-homes.ts';
import { listOccasions, type Occasion } from './list-occasions.ts';
import { listWithoutOffers } from './list-without-offers.ts';
import { type OccasionKind, occasionKinds, yearsTo } from './occasion-day.ts';
import { isOffer, loadSettings, type OccasionSetting } from './settings.ts';

/** So many days are looked ahead. */
export const AHEAD_DAYS = 30;
const ROWS_MAX = 2000;

/** Somebody's day that is still to come. */
export interface ComingOccasion extends Omit<Occasion, 'firstYear' | 'hadGift'> {
  /** How often it will have come round; null where nobody knows. */
  years: number | null;
  customerName: string | null;
  /** Who looks after them; null for nobody. */
  manager: string | null;
  /** Whether they will be wished well, as it is set up now. */
  isWished: boolean;
  /** Minor units; 0 for words alone. */
  giftMinor: bigint;
  /** Why the gift is left out, where it is an offer: who is premium gets none unasked, who declined offers none at all. */
  noOffer: 'declined' | 'premium' | null;
}

/** What the setting of one kind will come to. */
export interface ComingCount {
  setting: OccasionSetting;
  people: number;
  /** Whom it is not for, or whose kind is switched off. */
  others: number;
  giftMinor: bigint;
}

/**
 * The occasions of the next 30 days, today among them, the next first: birthdays and days of their own always, the others where the
 * business wishes well on them.
 */
export interface Coming {
  today: string;
  until: string;
  currency: string | null;
  items: ComingOccasion[];
  /** By kind; `settings` in place of what is set up, to see what it would do. */
  counts: ComingCount[];
  isCut: boolean;
}

/** @throws {AppError} `forbidden`, `scope_missing` */
export async function listComing(
  ctx: Context,
  { days = AHEAD_DAYS, instead }: { days?: number; instead?: Omit<OccasionSetting, 'sinceDay'> | null } = {},
): Promise<Coming> {
  allow(ctx.actor, 'customers:read');
  const { timeZone, currency } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const until = addDays(today, days - 1);
  const settings = (await loadSettings(ctx.db)).map((one) =>
    one.kind === instead?.kind ? { ...one, ...instead } : one,
  );
  const spans = occasionKinds.map((kind) => ({ kind, from: today, until }));
  const found = await listOccasions(ctx.db, { spans, timeZone, limit: ROWS_MAX + 1 });
  const rows = found.slice(0, ROWS_MAX);
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const [names, homes, managerOf] = await Promise.all([
    listNames(ctx, ids),
    findHomes(ctx.db, ids),
    findManagersOf(ctx, ids),
  ]);
  const [groupOf, noOffers] = await Promise.all([
    findGroups(
      ctx,
      [...homes.values()].map(({ rootId }) => rootId),
    ),
    settings.some(isOffer) ? listWithoutOffers(ctx, homes) : null,
  ]);
  const isPrivate = mayReadPrivate(ctx.actor);
  const items = rows.map(({ firstYear, hadGift, ...row }): ComingOccasion => {
    const home = homes.get(row.customerId);
    const setting = settings.find(({ kind }) => kind === row.kind);
    const isMeant =
      setting !== undefined && home !== undefined && isFor(setting.audience, groupOf(home.rootId));
    const isWished = isMeant && setting.isOn;
    const manager = managerOf(row.customerId);
    const isGiven = isWished && home.takesGifts && !hadGift && setting.currency === currency;
    const noOffer = isGiven && isOffer(setting) ? (noOffers?.get(row.customerId) ?? null) : null;
    return {
      ...row,
      years: yearsTo(row.day, firstYear),
      customerName: names.get(row.customerId) ?? null,
      manager: manager === null ? null : (manager.name ?? manager.email),
      isWished,
      giftMinor: isGiven && noOffer === null ? setting.giftMinor : 0n,
      noOffer,
    };
  });
  const isToldByThem = (kind: OccasionKind) => kind === 'birthday' || kind === 'own';
  const isOn = (kind: OccasionKind) => settings.some((one) => one.kind === kind && one.isOn);
  // What people told about themselves is not for analysts, who are told how many there are.
  const shown = items.filter(({ kind }) => (isToldByThem(kind) ? isPrivate : isOn(kind)));
  return {
    ...{ today, until, currency },
    items: shown.toSorted(
      (a, b) => a.day.localeCompare(b.day) || (a.customerName ?? '').localeCompare(b.customerName ?? ''),
    ),
    counts: settings.map((setting) => countOf(setting, items)),
    isCut: found.length > ROWS_MAX,
  };
}

function countOf(setting: OccasionSetting, items: readonly ComingOccasion[]): ComingCount {
  const own = items.filter(({ kind }) => kind === setting.kind);
  const wished = own.filter(({ isWished }) => isWished);
  return {
    setting,
    people: wished.length,
    others: own.length - wished.length,
    giftMinor: wished.reduce((sum, one) => sum + one.giftMinor, 0n),
  };
}

async function listNames(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const rows = await ask(ctx.db, (query) =>
    query
      .select({ id: sql<string>`c.id`, name: sql<string | null>`coalesce(c.name, c.email)` })
      .from(
        sql`json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN customers AS c ON c.id = wanted.value`,
      ),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

import { statement } from '../../../db/query.ts';
import type { Row, Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type NamedAccount, nameAccounts } from '../../money/accounts/name-accounts.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { firstOfLast, YEAR_DAYS } from '../facts/level.ts';
import { listReferred } from '../facts/list-referred.ts';
import { listExpected } from '../forecasts/list-expected.ts';
import { findMargins } from '../margins/find-margins.ts';
import { firstAccounts } from './key-order.ts';
import { keyAccounts } from './policies.ts';

export interface Pin {
  at: number;
  /** Null for who is of the team no more. */
  by: string | null;
}

export interface KeyAccount extends NamedAccount {
  /** By spend of the last 365 days; null for who is pinned and not among the first. */
  place: number | null;
  yearSpendMinor: bigint;
  /** To date. */
  spendMinor: bigint;
  /** Of the next 365 days; null where that cannot be told. */
  expectedMinor: bigint | null;
  yearOrders: number;
  lastOn: string | null;
  /** What friends spent whom it had sent; null where it sent nobody who ordered. */
  referredMinor: bigint | null;
  /** What is left of the year's spend, and of how much of it that is known; see {@link KeyAccounts.hasMargins}. */
  margin: { minor: bigint; ofMinor: bigint } | null;
  pin: Pin | null;
}

export interface KeyAccounts {
  /** The first by spend, then those that are pinned beside them, newest first. */
  first: KeyAccount[];
  pinned: KeyAccount[];
  /** How many there may be by spend, and how many accounts spent anything. */
  count: number;
  spenders: number;
  /** The first and the last of the 365 days. */
  since: string;
  until: string;
  currency: string | null;
  /** Whether margins are told, and are of concern to the actor. */
  hasMargins: boolean;
}

/** As many as staff can keep in mind; those pinned longest ago are left out. */
const PINS_SHOWN = 100;
/** Of those who spent exactly as much as the last key account, so many are looked at. */
const EQUALS_MAX = 500;

/** Who spent most within 365 days, and whom staff pinned. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listKeyAccounts(ctx: Context): Promise<KeyAccounts> {
  const [{ business, count, first, pins, ids }, [spenders]] = await Promise.all([
    findKeys(ctx),
    countSpenders(ctx),
  ]);
  const currency = business.currency ?? '';
  const until = dayOf(ctx.now(), business.timeZone);
  const since = firstOfLast(YEAR_DAYS, until);
  const [named, referred, expected, marginsOf] = await Promise.all([
    nameAccounts(ctx.db, ids),
    listReferred(ctx.db, { ids, currency }),
    listExpected(ctx.db, ids),
    findMargins(ctx, {
      ...{ ids: JSON.stringify(ids), currency, timeZone: business.timeZone, since, until },
      isYearAlone: true,
    }),
  ]);
  const pinOf = new Map(pins.map(({ rootId, pin }) => [rootId, pin]));
  const show = (account: Standing, place: number | null): KeyAccount => {
    const { rootId, firstOn: _, ...standing } = account;
    const referredMinor = referred.get(rootId)?.spendMinor ?? null;
    const year = marginsOf?.(rootId).year ?? null;
    const margin = year && { minor: year.minor, ofMinor: year.ofMinor };
    const expectedMinor = expected.get(rootId) ?? null;
    const known = { ...named(rootId), ...standing, place };
    return { ...known, expectedMinor, referredMinor, margin, pin: pinOf.get(rootId) ?? null };
  };
  const isFirst = new Set(first.map(({ rootId }) => rootId));
  return {
    first: first.map(({ place, ...account }) => show(account, place)),
    pinned: pins
      .filter(({ rootId }) => !isFirst.has(rootId))
      .map(({ pin: _, ...account }) => show(account, null)),
    ...{ count, until, since, currency: business.currency, hasMargins: marginsOf !== null },
    spenders: Number(spenders?.[0] ?? 0),
  };
}

/** Those of {@link listKeyAccounts} by their ids alone. @throws {AppError} as that */
export async function listKeyAccountIds(ctx: Context): Promise<{ ids: string[]; currency: string | null }> {
  const { ids, business } = await findKeys(ctx);
  return { ids, currency: business.currency };
}

/** Whether a root account is one of them now, for an operation that says itself who may know. */
export async function isKeyAccount(
  ctx: Pick<Context, 'cache' | 'db' | 'defaults'>,
  rootId: string,
): Promise<boolean> {
  return (await findAll(ctx)).ids.includes(rootId);
}

function findKeys(ctx: Context) {
  allow(ctx.actor, 'customers:read');
  return findAll(ctx);
}

async function findAll(ctx: Pick<Context, 'cache' | 'db' | 'defaults'>) {
  const business = await getBusiness(ctx);
  const currency = business.currency ?? '';
  const count = policyOf(business, keyAccounts);
  const [most, pins] = await Promise.all([listMost(ctx.db, { currency, count }), listPins(ctx.db, currency)]);
  const first = firstAccounts(most, count);
  const ids = [...new Set([...first, ...pins].map(({ rootId }) => rootId))];
  return { business, count, first, pins, ids };
}

async function countSpenders(ctx: Context) {
  const { currency } = await getBusiness(ctx);
  return ctx.db.read(
    statement('SELECT count(*) FROM account_years WHERE currency = ? AND spend_minor > 0', currency ?? ''),
  );
}

interface Standing {
  rootId: string;
  yearSpendMinor: bigint;
  spendMinor: bigint;
  firstOn: string | null;
  lastOn: string | null;
  yearOrders: number;
}

const columns = `f.account_id, CAST(coalesce(y.spend_minor, 0) AS TEXT), CAST(coalesce(s.spend_minor, 0) AS TEXT),
  f.first_on, f.last_on, coalesce(y.order_count, 0)`;

async function listMost(
  db: Store,
  { currency, count }: { currency: string; count: number },
): Promise<Standing[]> {
  const rows = await db.read(
    statement(
      `WITH most AS (SELECT root_id, spend_minor, order_count FROM account_years
          WHERE currency = ?1 AND spend_minor > 0 ORDER BY spend_minor DESC LIMIT ?2),
        y AS (SELECT root_id, spend_minor, order_count FROM most UNION
          SELECT root_id, spend_minor, order_count FROM (SELECT * FROM account_years WHERE currency = ?1
            AND spend_minor = (SELECT min(spend_minor) FROM most) LIMIT ?3))
       SELECT ${columns} FROM y CROSS JOIN account_facts AS f ON f.account_id = y.root_id
       LEFT JOIN account_spend AS s ON s.root_id = y.root_id AND s.currency = ?1`,
      currency,
      count,
      EQUALS_MAX,
    ),
  );
  return rows.map(toStanding);
}

async function listPins(db: Store, currency: string): Promise<(Standing & { pin: Pin })[]> {
  const rows = await db.read(
    statement(
      `SELECT ${columns}, p.at, coalesce(m.name, m.email) FROM account_pins AS p
       CROSS JOIN account_facts AS f ON f.account_id = p.root_id
       LEFT JOIN account_years AS y ON y.root_id = p.root_id AND y.currency = ?1
       LEFT JOIN account_spend AS s ON s.root_id = p.root_id AND s.currency = ?1
       LEFT JOIN staff AS m ON p.actor = 'staff:' || m.id
       ORDER BY p.at DESC, p.root_id LIMIT ?2`,
      currency,
      PINS_SHOWN,
    ),
  );
  return rows.map((row) => {
    const by = row[7] ?? null;
    return { ...toStanding(row), pin: { at: Number(row[6]), by: by === null ? null : String(by) } };
  });
}

function toStanding([rootId, year, spend, firstOn, lastOn, orders]: Row): Standing {
  return {
    rootId: String(rootId),
    yearSpendMinor: BigInt(String(year ?? '0')),
    spendMinor: BigInt(String(spend ?? '0')),
    firstOn: firstOn === null || firstOn === undefined ? null : String(firstOn),
    lastOn: lastOn === null || lastOn === undefined ? null : String(lastOn),
    yearOrders: Number(orders ?? 0),
  };
}

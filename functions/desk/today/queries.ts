import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { startOfDay } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Stretch } from '../../ground/platform/period.ts';
import { type PromiseSum, sumPromisesOn } from '../../money/orders/sum-promises.ts';

/** From the first instant of a stretch on, to before the first behind it. */
export function spanOf({ since, until }: Stretch, timeZone: string): [from: number, to: number] {
  return [startOfDay(since, timeZone), startOfDay(addDays(until, 1), timeZone)];
}

export interface OrderSum {
  orders: number;
  cancelled: number;
  /** Σ(total − discount − refunds) of those not cancelled. */
  spendMinor: bigint;
}

/** Orders in one currency that were placed in each of some spans, in their sequence; reads an index alone. */
export async function sumOrders(
  db: Store,
  { currency, spans }: { currency: string; spans: readonly InstantSpan[] },
): Promise<OrderSum[]> {
  const sums = await inTurns(db, spans, async (some) => {
    const rows = await db.read(
      statement(
        `SELECT span.key, count(*), sum(o.is_cancelled),
           sum(CASE WHEN o.is_cancelled = 1 THEN 0 ELSE o.total_minor - o.discount_minor - o.refunded_minor END)
         FROM json_each(?) AS span CROSS JOIN orders AS o INDEXED BY orders_listed
           ON o.currency = ? AND o.placed_at >= span.value ->> 0 AND o.placed_at < span.value ->> 1
         GROUP BY span.key`,
        JSON.stringify(some),
        currency,
      ),
    );
    const found = new Map(rows.map(([key, ...sum]) => [Number(key), sum]));
    return some.map((_, at) => {
      const [orders, cancelled, spend] = found.get(at) ?? [];
      return {
        orders: Number(orders ?? 0),
        cancelled: Number(cancelled ?? 0),
        spendMinor: BigInt(spend ?? 0),
      };
    });
  });
  return sums.flat();
}

/** How many root accounts ordered within some spans, in whatever currency, and did not have all of it cancelled. */
export async function countActive(
  db: Store,
  { currencies, spans }: { currencies: readonly string[]; spans: readonly InstantSpan[] },
): Promise<number> {
  const ordered = `FROM json_each(?) AS span CROSS JOIN json_each(?) AS c CROSS JOIN orders AS o INDEXED BY orders_listed
    ON o.currency = c.value AND o.placed_at >= span.value ->> 0 AND o.placed_at < span.value ->> 1 WHERE o.is_cancelled = 0`;
  const known = JSON.stringify(currencies);
  if (db.engine === 'remote') {
    const counting = `SELECT count(DISTINCT o.root_id) ${ordered}`;
    const [row] = await db.read(statement(counting, JSON.stringify(spans), known));
    return Number(row?.[0] ?? 0);
  }
  const active = new Set<unknown>();
  await inTurns(db, spans, async (some) => {
    const listing = `SELECT DISTINCT o.root_id ${ordered}`;
    for (const [root] of await db.read(statement(listing, JSON.stringify(some), known))) active.add(root);
  });
  return active.size;
}

type InstantSpan = readonly [from: number, to: number];

/**
 * Reads some spans one after the other and lets others come to their turn in between, since a file is read within this
 * thread; of a server all at once.
 */
async function inTurns<Item, Read>(
  { engine }: Store,
  items: readonly Item[],
  read: (some: readonly Item[]) => Promise<Read>,
): Promise<Read[]> {
  if (engine === 'remote') return [await read(items)];
  const all: Read[] = [];
  for (const item of items) {
    all.push(await read([item]));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return all;
}

/** The promises for the days of some stretches, together. */
export async function sumPromises(
  db: Store,
  { stretches, timeZone, now }: { stretches: readonly Stretch[]; timeZone: string; now: number },
): Promise<PromiseSum> {
  const sum = { beaten: 0, kept: 0, broken: 0, open: 0 };
  await inTurns(db, stretches, async (some) => {
    const days = some.flatMap((stretch) => daysOf(stretch, timeZone));
    const part = await sumPromisesOn(db, days, now);
    sum.beaten += part.beaten;
    sum.kept += part.kept;
    sum.broken += part.broken;
    sum.open += part.open;
  });
  return sum;
}

/** Each day with its first instant and the first one behind it. */
function daysOf({ since, until }: Stretch, timeZone: string): [day: string, start: number, over: number][] {
  const days: [string, number, number][] = [];
  for (let day = since; day <= until; day = addDays(day, 1))
    days.push([day, ...spanOf({ since: day, until: day }, timeZone)]);
  return days;
}

export interface LedgerDay {
  day: string;
  kind: string;
  minor: bigint;
}

/** What was posted to the ledgers on the days of a stretch. */
export async function listLedgerDays(
  db: Store,
  { since, until, currency }: Stretch & { currency: string },
): Promise<LedgerDay[]> {
  const rows = await db.read(
    statement(
      'SELECT day, kind, amount_minor FROM ledger_days WHERE day >= ? AND day <= ? AND currency = ?',
      since,
      until,
      currency,
    ),
  );
  return rows.map(([day, kind, minor]) => ({
    day: String(day),
    kind: String(kind),
    minor: BigInt(minor ?? 0),
  }));
}

const toldKinds = ['praise', 'question', 'idea', 'problem', 'complaint'] as const;
export type ToldSum = Record<(typeof toldKinds)[number], number>;

/** What customers told within a span, by kind. */
export async function countTold(db: Store, [from, to]: readonly [number, number]): Promise<ToldSum> {
  const rows = await db.read(
    statement(
      `SELECT k.value, (SELECT count(*) FROM feedback WHERE kind = k.value AND at >= ? AND at < ?) FROM json_each(?) AS k`,
      from,
      to,
      JSON.stringify(toldKinds),
    ),
  );
  const counts = new Map(rows.map(([kind, count]) => [String(kind), Number(count)]));
  return {
    praise: counts.get('praise') ?? 0,
    question: counts.get('question') ?? 0,
    idea: counts.get('idea') ?? 0,
    problem: counts.get('problem') ?? 0,
    complaint: counts.get('complaint') ?? 0,
  };
}

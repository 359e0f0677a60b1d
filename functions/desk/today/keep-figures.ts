import { statement } from '../../../db/query.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { beginsAnew, followChanges } from '../../ground/feed/follow-changes.ts';
import type { Follower } from '../../ground/feed/follower.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { figureTerms, movementKind } from './posted-entries.ts';

/** Whatever is posted stands in the history of its account. */
export const ledgerNews: Follower = { name: 'figures', start: 'beginning', step: 1000, stepsMax: 100 };

/**
 * Adds what came to the ledgers to the figures of the business day on which it was posted, each entry once, so that days that
 * are over stay as they were. Another time zone begins anew. Returns how many changes were read.
 */
export async function keepFigures(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const terms = figureTerms(timeZone);
  const add = async (changes: readonly { accountId: string }[]) => {
    const accounts = [...new Set(changes.map(({ accountId }) => accountId))];
    return addEntries(await listUnread(ctx.db.fresh, accounts), timeZone);
  };
  return followChanges(ctx, ledgerNews, add, { terms, anew: forgetting(terms) });
}

/**
 * Forgets the figures and adds all of them up again. Returns how many changes were read.
 * @throws {AppError} `forbidden`
 */
export async function rebuildFigures(ctx: Context): Promise<number> {
  allow(ctx.actor, 'customers:write');
  await ctx.db.write([
    statement('DELETE FROM ledger_days'),
    statement('DELETE FROM ledger_days_read'),
    statement('DELETE FROM feed_positions WHERE name = ?', ledgerNews.name),
  ]);
  let all = 0;
  for (let read = -1; read !== 0 && ctx.isEnding?.() !== true; all += read) read = await keepFigures(ctx);
  return all;
}

function forgetting(terms: string): Statement[] {
  const { name } = ledgerNews;
  return ['ledger_days', 'ledger_days_read'].map((table) =>
    statement(`DELETE FROM ${table} WHERE ${beginsAnew}`, name, terms),
  );
}

interface Unread {
  accountId: string;
  /** Up to which entry its ledger was read. */
  read: number;
  seq: number;
  kind: string;
  currency: string;
  minor: bigint;
  recordedAt: number;
}

async function listUnread(db: Store, accounts: readonly string[]): Promise<Unread[]> {
  const rows = await db.read(
    statement(
      `SELECT known.account_id, known.seq, l.seq, ${movementKind}, l.currency, l.amount_minor, l.recorded_at
       FROM (SELECT a.value AS account_id, coalesce(r.seq, 0) AS seq FROM json_each(?) AS a
         LEFT JOIN ledger_days_read AS r ON r.account_id = a.value) AS known
       CROSS JOIN ledger AS l ON l.account_id = known.account_id AND l.seq > known.seq`,
      JSON.stringify(accounts),
    ),
  );
  return rows.map(([accountId, read, seq, kind, currency, minor, recordedAt]) => ({
    accountId: String(accountId),
    read: Number(read),
    seq: Number(seq),
    kind: String(kind),
    currency: String(currency),
    minor: BigInt(minor ?? 0),
    recordedAt: Number(recordedAt),
  }));
}

/** A ledger that somebody else has read on meanwhile makes its place NULL, which the column refuses, and all with it. */
function addEntries(entries: readonly Unread[], timeZone: string): Statement[] {
  if (entries.length === 0) return [];
  const days = new Map<
    string,
    { day: string; currency: string; kind: string; minor: bigint; entries: number }
  >();
  const places = new Map<string, { read: number; seq: number }>();
  for (const { accountId, read, seq, kind, currency, minor, recordedAt } of entries) {
    const day = dayOf(recordedAt, timeZone);
    const key = `${day} ${currency} ${kind}`;
    const sum = days.get(key) ?? { day, currency, kind, minor: 0n, entries: 0 };
    days.set(key, { ...sum, minor: sum.minor + minor, entries: sum.entries + 1 });
    places.set(accountId, { read, seq: Math.max(seq, places.get(accountId)?.seq ?? 0) });
  }
  const added = [...days.values()].map((sum) => [
    sum.day,
    sum.currency,
    sum.kind,
    `${sum.minor}`,
    sum.entries,
  ]);
  const moved = [...places].map(([accountId, { read, seq }]) => [accountId, read, seq]);
  return [
    statement(
      `INSERT INTO ledger_days (day, currency, kind, amount_minor, entries)
       SELECT value ->> 0, value ->> 1, value ->> 2, CAST(value ->> 3 AS INTEGER), value ->> 4 FROM json_each(?) WHERE true
       ON CONFLICT (day, currency, kind) DO UPDATE
       SET amount_minor = amount_minor + excluded.amount_minor, entries = entries + excluded.entries`,
      JSON.stringify(added),
    ),
    statement(
      `INSERT INTO ledger_days_read (account_id, seq)
       SELECT value ->> 0, CASE WHEN value ->> 1 = coalesce(
         (SELECT seq FROM ledger_days_read WHERE account_id = value ->> 0), 0) THEN value ->> 2 END
       FROM json_each(?) WHERE true ON CONFLICT (account_id) DO UPDATE SET seq = excluded.seq`,
      JSON.stringify(moved),
    ),
  ];
}

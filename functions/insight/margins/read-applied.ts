import { sql } from 'drizzle-orm';
import { statement, toStatement } from '../../../db/query.ts';
import type { Row, Store, Value } from '../../../db/store.ts';
import { isOpenEntry } from '../../money/programme/audience.ts';
import { type AppliedMargin, marginKinds } from './margins.ts';

/** Which margin applies to what some root accounts spent: since a moment, and within a part of the time since. */
export interface AppliedSpend {
  all: AppliedMargin[];
  within: AppliedMargin[];
}

/** Joins what is told of the category of `category`, and of all the rest. */
const wide = (category: string) => `LEFT JOIN margins AS c ON c.kind = 'category' AND c.name = ${category}
  LEFT JOIN margins AS r ON r.kind = 'rest' AND r.name = ''`;

/** The same of a line `l`, whose SKU goes before the name of its product, and that before its category. */
const ofLine = `LEFT JOIN margins AS s ON s.kind = 'product' AND s.name = l.sku
  LEFT JOIN margins AS p ON p.kind = 'product' AND p.name = l.product ${wide("coalesce(l.category, '')")}`;

const applied = `CASE WHEN s.bps IS NOT NULL OR p.bps IS NOT NULL THEN 'product' WHEN c.bps IS NOT NULL THEN 'category'
    WHEN r.bps IS NOT NULL THEN 'rest' ELSE 'none' END, coalesce(s.name, p.name, c.name, ''),
  coalesce(s.bps, p.bps, c.bps, r.bps)`;

const net = 'l.total_minor - l.discount_minor - l.refunded_minor';

/**
 * By root account, read from the lines of its orders as they stand now, refunds with their orders; `ids` is a JSON array, moments
 * are from `since` and `from` on, up to `to`. Accounts that spent nothing are left out.
 */
export async function readApplied(
  db: Store,
  asked: { ids: string; currency: string; since: number; from: number; to: number },
): Promise<Map<string, AppliedSpend>> {
  const rows = await db.read(
    statement(
      `SELECT o.root_id, ${applied}, CAST(sum(${net}) AS TEXT),
         CAST(sum(CASE WHEN o.placed_at >= ?4 AND o.placed_at < ?5 THEN ${net} ELSE 0 END) AS TEXT)
       FROM json_each(?1) AS listed CROSS JOIN orders AS o INDEXED BY orders_root_placed ON o.root_id = listed.value AND o.placed_at >= ?3
         AND o.currency = ?2 AND o.is_cancelled = 0
       CROSS JOIN order_lines AS l ON l.order_id = o.id ${ofLine} GROUP BY 1, 2, 3, 4`,
      ...[asked.ids, asked.currency, asked.since, asked.from, asked.to],
    ),
  );
  const found = new Map<string, AppliedSpend>();
  for (const [id, ...row] of rows) {
    const own = found.get(String(id)) ?? { all: [], within: [] };
    own.all.push(toApplied(row));
    own.within.push({ ...toApplied(row), spentMinor: BigInt(String(row[4])) });
    found.set(String(id), own);
  }
  return found;
}

/** What the accounts behind an id, up to another, spent to date: of all of them, and of those in each segment. */
export interface AppliedInSlice {
  /** Null for all of them. */
  segmentId: string | null;
  applied: AppliedMargin;
}

/** `hasProducts` where products have margins of their own, so that lines have to be looked at; else sums by category say the same. */
export async function readAppliedSlice(
  db: Store,
  {
    after,
    upTo,
    currency,
    hasProducts,
  }: { after: string; upTo: string; currency: string; hasProducts: boolean },
): Promise<AppliedInSlice[]> {
  const parts = hasProducts
    ? sql`SELECT o.root_id, ${sql.raw(applied)}, sum(${sql.raw(net)})
        FROM orders AS o INDEXED BY orders_root_placed CROSS JOIN order_lines AS l ON l.order_id = o.id ${sql.raw(ofLine)}
        WHERE o.root_id > ${after} AND o.root_id <= ${upTo} AND o.currency = ${currency} AND o.is_cancelled = 0
        GROUP BY 1, 2, 3, 4`
    : sql`SELECT a.root_id, CASE WHEN c.bps IS NOT NULL THEN 'category' WHEN r.bps IS NOT NULL THEN 'rest' ELSE 'none' END,
          coalesce(c.name, ''), coalesce(c.bps, r.bps), sum(a.spend_minor)
        FROM account_categories AS a ${sql.raw(wide('a.category'))}
        WHERE a.root_id > ${after} AND a.root_id <= ${upTo} AND a.currency = ${currency} GROUP BY 1, 2, 3, 4`;
  const rows = await db.read(
    toStatement(sql`WITH parts (root_id, kind, name, bps, minor) AS MATERIALIZED (${parts})
      SELECT NULL, kind, name, bps, CAST(sum(minor) AS TEXT) FROM parts GROUP BY 2, 3, 4
      UNION ALL SELECT e.segment_id, parts.kind, parts.name, parts.bps, CAST(sum(parts.minor) AS TEXT)
      FROM parts CROSS JOIN audience_entries AS e ON e.account_id = parts.root_id AND ${isOpenEntry} GROUP BY 1, 2, 3, 4`),
  );
  return rows.map(([segment, ...row]) => ({
    segmentId: segment === null || segment === undefined ? null : String(segment),
    applied: toApplied(row),
  }));
}

function toApplied([kind, name, bps, minor]: Row): AppliedMargin {
  return {
    kind: kindOf(kind),
    name: String(name),
    bps: bps === null || bps === undefined ? null : Number(bps),
    spentMinor: BigInt(String(minor)),
  };
}

const kindOf = (told: Value | undefined) => marginKinds.find((kind) => kind === told) ?? 'none';

/** What tells one state of all margins from another, and whether there are any. */
export interface MarginsMark {
  mark: string;
  isTold: boolean;
  hasProducts: boolean;
}

export async function findMarginsMark(db: Store): Promise<MarginsMark> {
  const [row] = await db.read(
    statement(
      `SELECT count(*), coalesce(max(at), 0), EXISTS (SELECT 1 FROM margins WHERE kind = 'product') FROM margins`,
    ),
  );
  const [count = 0, at = 0, products = 0] = (row ?? []).map(Number);
  return { mark: `${count} ${at}`, isTold: count > 0, hasProducts: products === 1 };
}

import { type SQL, sql } from 'drizzle-orm';
import { ask, query } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { AreaKind } from './area.ts';

/** Instants: of the stretch and of the one before, each exclusive of its end. */
export interface AreaSpan {
  before: number;
  beforeTo: number;
  from: number;
  to: number;
}

/** As many areas as one page shows; there are more products than processes. */
export const AREAS_MAX = 100;

/** As many pieces of feedback are counted, the newest: more would hold up whoever else asks. */
export const LOOKED_MAX = 25_000;

const number = (value: SQL) => sql<number>`${value}`.mapWith(Number);

/** Where the pieces of each sort of area are found: by an index that holds no others, the newest. */
const pieces: Record<AreaKind, { index: SQL; where: SQL }> = {
  process: { index: sql`feedback_at`, where: sql`1` },
  person: { index: sql`feedback_served`, where: sql`served_by_id IS NOT NULL` },
  product: { index: sql`feedback_thing`, where: sql`(line_id IS NOT NULL OR product IS NOT NULL)` },
  place: { index: sql`feedback_elsewhere`, where: sql`source = 'mention'` },
};

const found = (by: AreaKind, { before, to }: AreaSpan, columns: SQL) => sql`(SELECT ${columns}
  FROM feedback INDEXED BY ${pieces[by].index} WHERE ${pieces[by].where} AND at >= ${before} AND at < ${to}
  ORDER BY at DESC, id DESC LIMIT ${LOOKED_MAX})`;

/** How areas of a sort are called, and what else is read of a piece `f`. */
const named: Record<AreaKind, { key: SQL; name: SQL; with: SQL }> = {
  process: {
    ...{ key: sql`c.process`, name: sql`c.process` },
    with: sql`LEFT JOIN causes AS c ON c.id = k.cause_id`,
  },
  person: {
    ...{ key: sql`s.id`, name: sql`coalesce(s.name, s.email)` },
    with: sql`JOIN staff AS s ON s.id = f.served_by_id`,
  },
  product: { key: productOf('f'), name: productOf('f'), with: sql`` },
  place: {
    ...{ key: sql`n.place`, name: sql`n.place` },
    with: sql`JOIN feedback_mentions AS n ON n.feedback_id = f.id`,
  },
};

/** Pieces by area. `onlyId` is the member of staff who may read of nobody else. */
export function countAreas(db: Store, by: AreaKind, span: AreaSpan, onlyId: string | null) {
  const { key, name, with: joined } = named[by];
  const now = sql`f.at >= ${span.from}`;
  const isTrouble = sql`f.kind IN ('problem', 'complaint', 'survey')`;
  const rating = by === 'place' ? sql`n.rating` : sql`NULL`;
  const isAnswered = sql`EXISTS (SELECT 1 FROM feedback_messages AS m
    WHERE m.feedback_id = f.id AND m."from" = 'staff' AND m.is_internal = 0)`;
  const columns = sql`id, at, kind, customer_id, served_by_id, order_source, order_number, line_id, product`;
  return ask(db, (build) =>
    build
      .select({
        key: sql<string | null>`${key}`,
        name: sql<string | null>`${name}`,
        /** False of feedback of which nobody has said what it comes from. */
        isExplained: sql<boolean>`${by === 'process' ? sql`c.id IS NOT NULL` : sql`1`}`.mapWith(
          (value) => Number(value) === 1,
        ),
        told: number(sql`sum(${now})`),
        troubles: number(sql`sum(${now} AND ${isTrouble})`),
        troublesBefore: number(sql`sum(f.at < ${span.beforeTo} AND ${isTrouble})`),
        praise: number(sql`sum(${now} AND f.kind = 'praise')`),
        people: number(sql`count(DISTINCT CASE WHEN ${now} THEN f.customer_id END)`),
        open: number(sql`sum(${now} AND coalesce(k.state IN ('open', 'answered', 'waiting'), 0))`),
        forUs: number(
          by === 'process' ? sql`sum(${now} AND ${isTrouble} AND c.convenient_for IS 'us')` : sql`0`,
        ),
        rated: number(sql`count(CASE WHEN ${now} THEN ${rating} END)`),
        ratingMean: sql<number | null>`avg(CASE WHEN ${now} THEN ${rating} END)`.mapWith(Number),
        answered: number(by === 'place' ? sql`sum(${now} AND ${isAnswered})` : sql`0`),
      })
      .from(sql`${found(by, span, columns)} AS f LEFT JOIN cases AS k ON k.feedback_id = f.id ${joined}`)
      .where(onlyId === null ? sql`1` : sql`f.served_by_id = ${onlyId}`)
      .groupBy(sql`1`, sql`2`, sql`3`)
      .orderBy(sql`5 DESC, 4 DESC`)
      .limit(AREAS_MAX),
  );
}

/** How many pieces there are to count, up to as many as are counted. */
export const countPieces = (db: Store, by: AreaKind, span: AreaSpan) =>
  ask(db, (build) =>
    build.select({ count: number(sql`count(*)`) }).from(sql`${found(by, span, sql`1`)} AS f`),
  );

/** What the line of an order is called that a row of feedback is about, else what was named. */
export function productOf(table: 'f' | 'feedback'): SQL {
  const f = sql.raw(table);
  return sql`coalesce((SELECT coalesce(l.product, l.sku) FROM orders AS o
    JOIN order_lines AS l ON l.order_id = o.id AND l.line_id = ${f}.line_id
    WHERE o.source = ${f}.order_source AND o.number = ${f}.order_number), ${f}.product)`;
}

/** Names as customers wrote them of whom nobody knows who they are, the most written first. */
export const listUntied = query((db) =>
  db
    .select({ name: sql<string>`f.served_by`, told: number(sql`count(*)`) })
    .from(sql`feedback AS f INDEXED BY feedback_served_by`)
    .where(
      sql`f.served_by IS NOT NULL AND f.served_by_id IS NULL AND f.at >= ${sql.placeholder('from')}
        AND f.at < ${sql.placeholder('to')}`,
    )
    .groupBy(sql`f.served_by`)
    .orderBy(sql`2 DESC, 1`)
    .limit(20),
);

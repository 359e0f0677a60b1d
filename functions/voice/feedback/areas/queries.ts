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

const troubleKinds = sql`('problem', 'complaint', 'survey')`;

const number = (value: SQL) => sql<number>`${value}`.mapWith(Number);

/** Where the pieces of each sort of area are found: by an index that holds no others, the newest. */
const pieces: Record<AreaKind, { index: SQL; where: SQL }> = {
  process: { index: sql`feedback_at`, where: sql`1` },
  person: { index: sql`feedback_served`, where: sql`served_by_id IS NOT NULL` },
  product: { index: sql`feedback_thing`, where: sql`(line_id IS NOT NULL OR product IS NOT NULL)` },
  place: { index: sql`feedback_elsewhere`, where: sql`source = 'mention'` },
};

/** `onlyId` is the member of staff whose alone they are. */
function found(
  by: AreaKind,
  { before, to, onlyId }: AreaSpan & { onlyId: string | null },
  columns: SQL,
): SQL {
  const { index, where } =
    onlyId === null ? pieces[by] : { index: sql`feedback_server`, where: sql`served_by_id = ${onlyId}` };
  return sql`(SELECT ${columns}
    FROM feedback INDEXED BY ${index} WHERE ${where} AND at >= ${before} AND at < ${to}
    ORDER BY at DESC, id DESC LIMIT ${LOOKED_MAX})`;
}

/** How areas of a sort are called, and what else is read of a piece `f`. */
const named: Record<AreaKind, { key: SQL; name: SQL; with: SQL }> = {
  process: {
    ...{ key: sql`c.process`, name: sql`c.process` },
    with: sql`JOIN causes AS c ON c.id = k.cause_id`,
  },
  person: {
    ...{ key: sql`s.id`, name: sql`coalesce(s.name, s.email)` },
    with: sql`JOIN staff AS s ON s.id = f.served_by_id`,
  },
  product: { key: productOf(), name: productOf(), with: sql`` },
  place: {
    ...{ key: sql`n.place`, name: sql`n.place` },
    with: sql`JOIN feedback_mentions AS n ON n.feedback_id = f.id`,
  },
};

/** Pieces by area, one more than are shown; those without a cause belong to no process. `onlyId` is who may read of nobody else. */
export function countAreas(db: Store, by: AreaKind, span: AreaSpan, onlyId: string | null) {
  const { key, name, with: joined } = named[by];
  const now = sql`f.at >= ${span.from}`;
  const isTrouble = sql`f.kind IN ${troubleKinds}`;
  const rating = by === 'place' ? sql`n.rating` : sql`NULL`;
  const isAnswered = sql`EXISTS (SELECT 1 FROM feedback_messages AS m
    WHERE m.feedback_id = f.id AND m."from" = 'staff' AND m.is_internal = 0)`;
  const columns = sql`id, at, kind, customer_id, served_by_id, order_source, order_number, line_id, product`;
  return ask(db, (build) =>
    build
      .select({
        key: sql<string | null>`${key}`,
        name: sql<string | null>`${name}`,
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
      .from(
        sql`${found(by, { ...span, onlyId }, columns)} AS f LEFT JOIN cases AS k ON k.feedback_id = f.id ${joined}`,
      )
      .groupBy(sql`1`, sql`2`)
      .orderBy(sql`4 DESC, 3 DESC`)
      .limit(AREAS_MAX + 1),
  );
}

/** Troubles of a stretch of which nobody has said what they come from. */
export const countUnexplained = (db: Store, span: AreaSpan) =>
  ask(db, (build) =>
    build
      .select({ count: number(sql`count(*)`) })
      .from(
        sql`${found('process', { ...span, onlyId: null }, sql`id, at, kind`)} AS f LEFT JOIN cases AS k ON k.feedback_id = f.id`,
      )
      .where(sql`f.at >= ${span.from} AND k.cause_id IS NULL AND f.kind IN ${troubleKinds}`),
  );

/** How many pieces there are to count, up to as many as are counted. */
export const countPieces = (db: Store, by: AreaKind, span: AreaSpan & { onlyId: string | null }) =>
  ask(db, (build) =>
    build.select({ count: number(sql`count(*)`) }).from(sql`${found(by, span, sql`1`)} AS f`),
  );

/** Pieces about a product by its name, among the newest that are about any; for a list of ids. */
export const idsAbout = (
  product: string,
): SQL => sql`(SELECT id FROM (SELECT id, line_id, order_source, order_number, product
  FROM feedback INDEXED BY feedback_thing WHERE ${pieces.product.where} AND at >= 0 ORDER BY at DESC, id DESC LIMIT ${LOOKED_MAX}) AS f
  WHERE ${productOf()} = ${product})`;

/** Whether there are as many pieces about a product as are looked at, or more. */
export const hasManyThings = async (db: Store): Promise<boolean> => {
  const [row] = await countPieces(db, 'product', {
    before: 0,
    beforeTo: 0,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    onlyId: null,
  });
  return row?.count === LOOKED_MAX;
};

/** What the line of an order is called that a piece `f` is about, else what was named. */
function productOf(): SQL {
  return sql`coalesce((SELECT coalesce(l.product, l.sku) FROM orders AS o
    JOIN order_lines AS l ON l.order_id = o.id AND l.line_id = f.line_id
    WHERE o.source = f.order_source AND o.number = f.order_number), f.product)`;
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

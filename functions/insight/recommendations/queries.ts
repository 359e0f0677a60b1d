import { and, asc, desc, eq, gt, isNotNull, lt, lte, ne, sql } from 'drizzle-orm';
import { query, queryOne, statement } from '../../../db/query.ts';
import {
  hiddenProducts,
  productBaskets,
  productFacts,
  productPairs,
  productRuns,
  recommendationWishes,
} from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { standsMerged } from '../../money/accounts/survivors.ts';

export type ProductRun = typeof productRuns.$inferSelect;

/** The run that is under way, or that a process left half-way. */
export const findOpenRun = queryOne((db) =>
  db.select().from(productRuns).where(ne(productRuns.phase, 'done')).orderBy(asc(productRuns.run)).limit(1),
);

export const findNewestRun = queryOne((db) =>
  db.select().from(productRuns).orderBy(desc(productRuns.run)).limit(1),
);

/** The run whose findings hold. */
export const findFinishedRun = queryOne((db) =>
  db
    .select()
    .from(productRuns)
    .where(isNotNull(productRuns.finishedAt))
    .orderBy(desc(productRuns.run))
    .limit(1),
);

/** The newest change of the history, 0 before the first, and whether anything was ever ordered. */
export const findNews = queryOne((db) =>
  db
    .select({
      position: sql<number>`position`.mapWith(Number),
      hasOrders: sql<number>`has_orders`.mapWith(Number),
    })
    .from(
      sql`(SELECT coalesce(max(position), 0) AS position, EXISTS (SELECT 1 FROM orders) AS has_orders FROM feed_changes)`,
    ),
);

/** So many chunks are read at a time, of some hundred kilobytes each. */
export const CHUNKS_PER_PAGE = 10;

export const listChunks = query((db) =>
  db
    .select({ step: productBaskets.step, body: productBaskets.body })
    .from(productBaskets)
    .where(
      and(eq(productBaskets.run, sql.placeholder('run')), gt(productBaskets.step, sql.placeholder('after'))),
    )
    .orderBy(asc(productBaskets.step))
    .limit(CHUNKS_PER_PAGE),
);

/** How much a run has gathered, and where it goes on. */
export const countChunks = queryOne((db) =>
  db.select({ next: sql<number>`next`.mapWith(Number), entries: sql<number>`entries`.mapWith(Number) }).from(
    sql`(SELECT coalesce(max(step), 0) + 1 AS next, coalesce(sum(entries), 0) AS entries FROM product_baskets
        WHERE run = ${sql.placeholder('run')})`,
  ),
);

/** What an earlier run found and is kept still. */
export const findOldFacts = queryOne((db) =>
  db
    .select({ run: productFacts.run })
    .from(productFacts)
    .where(lt(productFacts.run, sql.placeholder('run')))
    .orderBy(asc(productFacts.run))
    .limit(1),
);

export const findOldChunk = queryOne((db) =>
  db
    .select({ run: productBaskets.run })
    .from(productBaskets)
    .where(lte(productBaskets.run, sql.placeholder('run')))
    .orderBy(asc(productBaskets.run))
    .limit(1),
);

const ofFinishedRun = sql`(SELECT max(run) FROM product_runs WHERE finished_at IS NOT NULL)`;

/** The best that goes with each of some products; `keys` is a JSON array, here and below. */
export const listPairsOf = query((db) =>
  db
    .select({
      key: productPairs.key,
      other: productPairs.otherKey,
      kind: productPairs.kind,
      together: productPairs.together,
      later: productPairs.later,
      chanceMilli: productPairs.chanceMilli,
    })
    .from(productPairs)
    .where(sql`${productPairs.run} = ${ofFinishedRun} AND ${productPairs.key} IN ${listed('keys')}`)
    .orderBy(asc(productPairs.key), asc(productPairs.place)),
);

/** What is known of some products and of all that goes with them. */
export const listFactsAround = query((db) =>
  db
    .select()
    .from(productFacts)
    .where(
      sql`${productFacts.run} = ${ofFinishedRun} AND ${productFacts.key} IN (SELECT value FROM json_each(${sql.placeholder('keys')})
        UNION SELECT other_key FROM product_pairs WHERE run = ${ofFinishedRun}
          AND key IN (SELECT value FROM json_each(${sql.placeholder('keys')})))`,
    ),
);

/** So many products of a word are looked at, those that most accounts bought. */
const LIKED_PER_TERM = 40;

/** What is known of the products of some words, and of how many there are by each. `terms` is a JSON array. */
export const listFactsOfTerms = query((db) =>
  db
    .select({
      term: sql<string>`term`,
      products: sql<number>`products`.mapWith(Number),
      key: sql<string>`key`,
      name: sql<string | null>`name`,
      buyers: sql<number>`buyers`.mapWith(Number),
      again: sql<number>`again`.mapWith(Number),
      halfDays: sql<number | null>`half_days`,
      lastOn: sql<string>`last_on`,
    })
    .from(
      sql`(SELECT t.term, count(*) OVER (PARTITION BY t.term) AS products, f.*,
          row_number() OVER (PARTITION BY t.term ORDER BY f.buyers DESC, f.key) AS place
        FROM json_each(${sql.placeholder('terms')}) AS asked
        CROSS JOIN product_terms AS t ON t.run = ${ofFinishedRun} AND t.term = asked.value
        CROSS JOIN product_facts AS f ON f.run = t.run AND f.key = t.key)`,
    )
    .where(sql`place <= ${sql.raw(String(LIKED_PER_TERM))}`),
);

export const findProduct = queryOne((db) =>
  db
    .select({ key: productFacts.key, name: productFacts.name })
    .from(productFacts)
    .where(sql`${productFacts.run} = ${ofFinishedRun} AND ${productFacts.key} = ${sql.placeholder('key')}`),
);

/** A customer and everybody who went into them by merges that stand; those nearer have the fewer steps. */
const oneOf = (customerId: string) => `(WITH RECURSIVE one (id, step) AS (SELECT ${customerId}, 0
    UNION ALL SELECT m.merged_id, one.step + 1 FROM one CROSS JOIN customer_merges AS m ON m.survivor_id = one.id
    WHERE one.step < 100 AND ${standsMerged})
  SELECT id, min(step) AS step FROM one GROUP BY id)`;

const [beforeId = '', afterId = ''] = oneOf(' ? ').split(' ? ');
const asOne = sql`${sql.raw(beforeId)} ${sql.placeholder('customerId')} ${sql.raw(afterId)} AS own`;

/** What was hidden by whoever went into them is theirs, too. */
export const unhideProduct = (customerId: string, key: string) =>
  statement(
    `DELETE FROM hidden_products WHERE key = ?2 AND customer_id IN (SELECT id FROM ${oneOf('?1')})`,
    customerId,
    key,
  );

/** What they said last about being recommended things; of who went into them, where they said nothing themselves. */
export const findWish = queryOne((db) =>
  db
    .select({ isWanted: recommendationWishes.isWanted, at: recommendationWishes.at })
    .from(recommendationWishes)
    .innerJoin(asOne, sql`own.id = ${recommendationWishes.customerId}`)
    .orderBy(sql`own.step`, desc(recommendationWishes.at), desc(recommendationWishes.seq))
    .limit(1),
);

/** What they never want to see, by name. */
export const listHidden = query((db) =>
  db
    .select({ key: hiddenProducts.key, name: sql<string>`min(${hiddenProducts.name})` })
    .from(hiddenProducts)
    .innerJoin(asOne, sql`own.id = ${hiddenProducts.customerId}`)
    .groupBy(hiddenProducts.key)
    .orderBy(sql`2`, asc(hiddenProducts.key)),
);

import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, done, instant } from './columns.ts';

/**
 * Each time it was counted which products go together: baskets are gathered, then weighed, then what the run before left is
 * swept away. What the newest run that was finished found is what holds. Derived, as the four tables below.
 */
export const productRuns = sqliteTable('product_runs', {
  run: count().primaryKey(),
  /** The business day on which it began. */
  day: text().notNull(),
  /** Orders placed before are not looked at. */
  since: instant().notNull(),
  /** One account in so many is looked at. */
  oneIn: count('one_in').notNull(),
  phase: text({ enum: ['gathering', 'weighing', 'sweeping', 'done'] }).notNull(),
  /** How far the phase has come: an account's id, or how many products were weighed. */
  reached: text().notNull(),
  /** The newest change of the history when it began. */
  upTo: count('up_to').notNull(),
  /** Accounts that bought anything, the different products, and the pairs that stand out. */
  accounts: count().notNull(),
  products: count().notNull(),
  pairs: count().notNull(),
  /** Why there is nothing to recommend to anybody; NULL while the run goes on, and where there is something. */
  nothing: text('nothing_because', {
    enum: ['no_products', 'one_product', 'too_few_accounts', 'nothing_together'],
  }),
  begunAt: instant('begun_at').notNull(),
  finishedAt: instant('finished_at'),
});

/** What some accounts bought, as `functions/insight/recommendations/chunk.ts` reads it: between gathering and weighing only. */
export const productBaskets = sqliteTable(
  'product_baskets',
  {
    run: count().notNull(),
    step: count().notNull(),
    /** How many products of accounts it holds. */
    entries: count().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.step] })],
);

/** What is known of a product: who bought it, who did so again and after how long. `key` as `product-key.ts` writes it. */
export const productFacts = sqliteTable(
  'product_facts',
  {
    run: count().notNull(),
    key: text().notNull(),
    /** As on the newest line that names it; NULL where only the SKU is told. */
    name: text(),
    /** Accounts that bought it, and those that did so on two days at least. */
    buyers: count().notNull(),
    again: count().notNull(),
    /** The median of these accounts' own medians between one purchase and the next, in half days; NULL without any. */
    halfDays: count('half_days'),
    /** The last business day on which it was bought. */
    lastOn: text('last_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.key] })],
);

/** What a product is found by when somebody says what they like: words of its name and category without their endings. */
export const productTerms = sqliteTable(
  'product_terms',
  {
    run: count().notNull(),
    key: text().notNull(),
    term: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.key, table.term] }),
    index('product_terms_found').on(table.run, table.term),
  ],
);

/** What goes with a product by more than chance, the best first. */
export const productPairs = sqliteTable(
  'product_pairs',
  {
    run: count().notNull(),
    key: text().notNull(),
    place: count().notNull(),
    otherKey: text('other_key').notNull(),
    /** Whether both go together, or whoever had the first went on to the other. */
    kind: text({ enum: ['with', 'onward'] }).notNull(),
    /** Accounts that bought both, and those that bought the other on a later day. */
    together: count().notNull(),
    later: count().notNull(),
    /** How many would have by chance, in thousandths. */
    chanceMilli: count('chance_milli').notNull(),
    /** What speaks against chance, in thousandths: G². */
    surpriseMilli: count('surprise_milli').notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.key, table.place] })],
);

/** Whether a customer wants recommendations on their pages, which nobody does before they said so; the newest counts. Append-only. */
export const recommendationWishes = sqliteTable(
  'recommendation_wishes',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    seq: count().notNull(),
    isWanted: count('is_wanted').notNull(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.seq] })],
);

/** A product that a customer never wants to see recommended; deleted when they want to see it again. */
export const hiddenProducts = sqliteTable(
  'hidden_products',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    key: text().notNull(),
    name: text().notNull(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.key] })],
);

import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, flag, instant, money } from './columns.ts';

/** Each business day on which forecasts were made anew, with how far that has come; it goes on where it was left. */
export const forecastRuns = sqliteTable('forecast_runs', {
  day: text().primaryKey(),
  stage: text({ enum: ['fit', 'score', 'promise', 'record', 'done'] }).notNull(),
  /** Grows with each step: who takes one that another has taken is refused. */
  step: count().notNull(),
  /** The last account that was scored or promised; of records, the day that is asked about. */
  reached: text().notNull(),
  /** Fits that are done and the one under way, as JSON. */
  state: text().notNull(),
  /** Accounts that were scored so far. */
  accounts: count().notNull(),
  begunAt: instant('begun_at').notNull(),
  actor: text().notNull(),
  /** Until when a process has it for itself; the mark of that process. */
  leasedUntil: instant('leased_until'),
  leasedBy: text('leased_by'),
  finishedAt: instant('finished_at'),
});

/**
 * What the models said of the business at the end of a day: of all accounts, and of one kind where there were enough. The
 * newest serves; older ones are kept as long as a promise rests on them. Numbers of models are JSON.
 */
export const forecastFits = sqliteTable(
  'forecast_fits',
  {
    day: text().notNull(),
    /** Empty for all accounts together. */
    type: text({ enum: ['', 'personal', 'household', 'company'] }).notNull(),
    at: instant().notNull(),
    /** With a purchase day; those that were fitted among them. */
    accounts: count().notNull(),
    fitted: count().notNull(),
    historyDays: count('history_days').notNull(),
    currency: text(),
    served: text().notNull(),
    /** Why nothing is told at all. */
    cannotTell: text('cannot_tell', { enum: ['few_accounts', 'short_history'] }),
    models: text().notNull(),
    candidates: text().notNull(),
    outlook: text().notNull(),
    /** What of first purchases was tried, with its factors and record, as JSON; NULL where nothing was. */
    covariate: text(),
    /** Of gamma-gamma; NULL where spend is not told. */
    spend: text(),
    /** By horizon: what all accounts together will do, and whether that can be told. */
    totals: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.type] })],
);

/**
 * What is to be expected of a root account, as of a business day: for lists and segments, made anew each day. Chances in
 * thousandths, purchase days in thousandths; NULL where it cannot be told.
 */
export const accountForecasts = sqliteTable('account_forecasts', {
  accountId: text('account_id').primaryKey(),
  day: text().notNull(),
  alivePermille: count('alive_permille').notNull(),
  orders30Milli: count('orders_30_milli'),
  orders90Milli: count('orders_90_milli'),
  orders365Milli: count('orders_365_milli'),
  /** Purchase days of the next 365 days: by 80 % no fewer and no more. */
  orders365Low: count('orders_365_low'),
  orders365High: count('orders_365_high'),
  /** In how many days they have bought again with a chance of a half; NULL where that is never reached within a year. */
  nextDays: count('next_days'),
  /** What they spend on a purchase day. */
  spendDayMinor: money('spend_day_minor'),
});

/** Accounts of a day whose forecasts are to be looked at later, as they were then: a share of all where there are many. */
export const forecastPromises = sqliteTable(
  'forecast_promises',
  {
    askedOn: text('asked_on').notNull(),
    accountId: text('account_id').notNull(),
    type: text({ enum: ['personal', 'household', 'company'] }).notNull(),
    purchaseDays: count('purchase_days').notNull(),
    firstOn: text('first_on').notNull(),
    lastOn: text('last_on').notNull(),
    /** The class of its first purchase among those of that day's fits. */
    place: count().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.askedOn, table.accountId] })],
);

/** What was forecast so many months before, beside what happened. */
export const forecastRecords = sqliteTable(
  'forecast_records',
  {
    months: count().notNull(),
    askedOn: text('asked_on').notNull(),
    untilOn: text('until_on').notNull(),
    /** Forecast then; otherwise it is as it would have been, from what was known then. */
    isKept: flag('is_kept').notNull(),
    accounts: count().notNull(),
    /** What served, its figures and those of the plain baselines, as JSON. */
    figures: text().notNull(),
    /** Accounts in tenths by what was expected of them: that beside what they did, as JSON. */
    tenths: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.months, table.askedOn] })],
);

import type { SQL } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';

/**
 * What the values of a field are. `money` is in minor units, `days` whole business days, `half_days` days of which a half
 * counts, `number` decimal, `day` `YYYY-MM-DD`, `choice` one of some texts, `flag` true or false.
 */
const segmentValueKinds = [
  'count',
  'money',
  'days',
  'half_days',
  'number',
  'text',
  'choice',
  'day',
  'flag',
] as const;
export type SegmentValueKind = (typeof segmentValueKinds)[number];

/** What a rule limits orders to: each names one or several, any of which will do. */
export const whereKeys = ['source', 'sku', 'product', 'category'] as const;
export type WhereKey = (typeof whereKeys)[number];
export type SegmentWhere = Readonly<Partial<Record<WhereKey, readonly string[]>>>;

/** What fields read the business by. */
export type SegmentContext = Pick<Context, 'db' | 'now' | 'cache' | 'defaults'>;

/** What is asked of a field, once for each rule. */
export interface SegmentAsked {
  ctx: SegmentContext;
  /** The moment it is asked for. */
  now: number;
  /** Orders placed later do not exist yet; null where every order that is known counts. */
  until: number | null;
  /** The business day of `now`. */
  today: string;
  timeZone: string;
  /** Whether any order is of a business day behind `today`. */
  isAnyToCome: boolean;
  /** Null while the business has none: then there are no sums. */
  currency: string | null;
  /** The last, or for what lies ahead the next, so many business days, today the first; null for ever. */
  days: number | null;
  where: SegmentWhere;
  /** Limits a column of root accounts to those that are asked about. */
  among: (column: SQL) => SQL;
  /** The same for a column of what an account did before it went into another by a merge. */
  amongMerged: (column: SQL) => SQL;
}

/**
 * Where the values of a field stand: an expression over the account `a` and its row of facts `f`, or rows (root_id, value),
 * which are what is known of the accounts that have any: one for each, but of people. `day` is the business day since which `value` counts the days, where
 * it does: what a rule says of days is asked of it, which is cheaper than to count them.
 */
export type SegmentSource = { value: SQL; day?: SQL; needsAccount?: true } | { rows: SQL };

/** A thing that segments may ask of accounts (DOMAIN §5). Its name stays, since kept segments say it. */
export interface SegmentField {
  name: string;
  kind: SegmentValueKind;
  /** Of a `choice`. */
  choices?: readonly string[];
  /** What accounts have of which no row is; left out where nothing is known of them then. */
  otherwise?: number | string;
  /** It belongs to people: a rule holds when it does for any of the account's. `rows` has one for each of them. */
  isOfPeople?: true;
  /** It is told to those alone who are told more of people than who they are (`mayReadPrivate`). */
  isPrivate?: true;
  takesDays?: true;
  takesWhere?: true;
  /** By language, where the business named it. */
  names?: Readonly<Record<string, string>>;
  /** What its values follow beside the accounts' own history and the calendar: when it changes, everybody is asked anew. */
  stamp?: (ctx: SegmentContext) => Promise<string>;
  source: (asked: SegmentAsked) => SegmentSource | Promise<SegmentSource>;
}

/** Fields that the business defines by itself, as they are now. */
export type SegmentFieldsOf = (ctx: SegmentContext) => Promise<SegmentField[]>;

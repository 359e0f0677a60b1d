import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import { accountKind, type NamedAccount } from '../../money/accounts/name-accounts.ts';
import type { NumberedAccount } from './collect.ts';

/** Accounts behind an id, in order of ids, that are counted together. */
const ACCOUNTS = 2000;

type AccountKind = NamedAccount['kind'];

/** What is known of some accounts, added up as far as it can be where it lies. */
export interface NumbersSlice {
  accounts: (NumberedAccount & { id: string })[];
  /** By the month of the first purchase and one in which they bought: how many accounts. */
  seen: { first: string; month: string; accounts: number }[];
  months: { month: string; orders: number; spendMinor: bigint; accounts: number }[];
  weekdays: { weekday: number; orders: number; spendMinor: bigint }[];
  mix: { kind: AccountKind; category: string; minor: bigint }[];
  /** The last id of the slice, and the same, or null when there is none behind it. */
  upTo: string;
  last: string | null;
}

export interface NumberTerms {
  currency: string;
  since: string;
  today: string;
}

/** Reads the next accounts; those that have bought nothing are passed. */
export async function readSlice(db: Store, after: string, terms: NumberTerms): Promise<NumbersSlice> {
  const [end] = await db.read(
    statement(
      'SELECT max(account_id), count(*) FROM (SELECT account_id FROM account_facts WHERE account_id > ? ORDER BY account_id LIMIT ?)',
      after,
      ACCOUNTS,
    ),
  );
  const upTo = String(end?.[0] ?? '');
  const span = [after, upTo] as const;
  const [accounts, seen, months, weekdays, mix] = await Promise.all([
    db.read(statement(ofAccounts, ...span, terms.currency)),
    db.read(statement(ofSeen, ...span, terms.today)),
    db.read(statement(ofMonths, ...span, terms.currency, terms.today)),
    db.read(statement(ofWeekdays, ...span, terms.currency, terms.since, terms.today)),
    db.read(statement(ofMix, ...span, terms.currency)),
  ]);
  return {
    accounts: accounts.map(([id, kind, firstOn, lastOn, half, spend, orders, days, year]) => ({
      id: String(id),
      kind: kindOf(kind),
      firstMonth: String(firstOn).slice(0, 7),
      lastDay: BigInt(dayNumber(String(lastOn))),
      intervalHalfDays: half === null || half === undefined ? null : BigInt(String(half)),
      spendMinor: BigInt(String(spend)),
      yearOrders: BigInt(String(orders)),
      yearDays: BigInt(String(days)),
      yearSpendMinor: BigInt(String(year)),
    })),
    seen: seen.map(([first, month, count]) => ({
      ...{ first: String(first), month: String(month), accounts: Number(count) },
    })),
    months: months.map(([month, orders, spend, count]) => ({
      ...{ month: String(month), orders: Number(orders), accounts: Number(count) },
      spendMinor: BigInt(String(spend)),
    })),
    weekdays: weekdays.map(([weekday, orders, spend]) => ({
      ...{ weekday: Number(weekday), orders: Number(orders), spendMinor: BigInt(String(spend)) },
    })),
    mix: mix.map(([kind, category, minor]) => ({
      ...{ kind: kindOf(kind), category: String(category), minor: BigInt(String(minor)) },
    })),
    upTo,
    last: Number(end?.[1] ?? 0) < ACCOUNTS ? null : upTo,
  };
}

const kindOf = (kind: unknown): AccountKind =>
  kind === 'household' || kind === 'company' ? kind : 'personal';

const ofAccounts = `SELECT f.account_id, ${accountKind('a')}, f.first_on, f.last_on, f.interval_half_days,
    coalesce(s.spend_minor, 0), coalesce(y.order_count, 0), coalesce(y.purchase_days, 0), coalesce(y.spend_minor, 0)
  FROM account_facts AS f CROSS JOIN accounts AS a ON a.id = f.account_id
  LEFT JOIN account_years AS y ON y.root_id = f.account_id AND y.currency = ?3
  LEFT JOIN account_spend AS s ON s.root_id = f.account_id AND s.currency = ?3
  WHERE f.account_id > ?1 AND f.account_id <= ?2 AND f.order_count > 0`;

const ofSeen = `SELECT substr(f.first_on, 1, 7), substr(d.day, 1, 7), count(DISTINCT d.root_id)
  FROM account_days AS d CROSS JOIN account_facts AS f ON f.account_id = d.root_id
  WHERE d.root_id > ?1 AND d.root_id <= ?2 AND d.order_count > 0 AND d.day <= ?3 GROUP BY 1, 2`;

const ofMonths = `SELECT substr(day, 1, 7), sum(order_count), sum(spend_minor),
    count(DISTINCT CASE WHEN order_count > 0 THEN root_id END)
  FROM account_days WHERE root_id > ?1 AND root_id <= ?2 AND currency = ?3 AND day <= ?4 GROUP BY 1`;

const ofWeekdays = `SELECT strftime('%w', day), sum(order_count), sum(spend_minor)
  FROM account_days WHERE root_id > ?1 AND root_id <= ?2 AND currency = ?3 AND day >= ?4 AND day <= ?5 GROUP BY 1`;

const ofMix = `SELECT ${accountKind('a')}, c.category, sum(c.spend_minor)
  FROM account_categories AS c CROSS JOIN accounts AS a ON a.id = c.root_id
  WHERE c.root_id > ?1 AND c.root_id <= ?2 AND c.currency = ?3 GROUP BY 1, 2`;

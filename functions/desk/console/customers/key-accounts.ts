import { statement } from '../../../../db/query.ts';
import type { Row, Store } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { YEAR_MS, yearSpend } from './follow-figures.ts';

/** An account that stands on top of the list. */
export interface KeyAccount {
  /** A customer of it: whose own it is, or who was pinned. */
  customerId: string;
  rootId: string;
  /** What the company or household is called, or the customer. */
  name: string;
  isShared: boolean;
  yearSpendMinor: bigint;
}

export interface KeyAccounts {
  pinned: (KeyAccount & { pinnedAt: number; by: string | null })[];
  /** Those that spent most in the last 365 days, among all that are not pinned. */
  largest: KeyAccount[];
  currency: string | null;
}

const PINNED_MAX = 20;
const LARGEST_SHOWN = 5;
/** What was spent in a year only shrinks while nothing happens: so the largest now are among the largest kept. */
const LOOKED_AT = 60;

/** Whom staff pinned, and the accounts that spent most within a year. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listKeyAccounts(ctx: Context): Promise<KeyAccounts> {
  allow(ctx.actor, 'customers:read');
  const { currency } = await getBusiness(ctx);
  const terms = { currency: currency ?? '', since: ctx.now() - YEAR_MS };
  const [pinned, most] = await Promise.all([listPinned(ctx.db, terms), listMost(ctx.db, terms)]);
  const roots = new Set(pinned.map(({ rootId }) => rootId));
  const largest = most.filter(({ rootId }) => !roots.has(rootId)).slice(0, LARGEST_SHOWN);
  return { pinned, largest, currency };
}

interface Terms {
  currency: string;
  since: number;
}

const columns = `f.customer_id, f.root_id, CASE WHEN r.kind = 'shared' THEN r.name ELSE coalesce(c.name, c.email, '') END,
  r.kind = 'shared', CAST(${yearSpend('r.id', { currency: '?1', since: '?2' })} AS TEXT)`;

async function listPinned(db: Store, { currency, since }: Terms): Promise<KeyAccounts['pinned']> {
  const rows = await db.read(
    statement(
      `SELECT ${columns}, p.at, coalesce(s.name, s.email) FROM customer_pins AS p
       JOIN customer_figures AS f ON f.customer_id = p.customer_id JOIN customers AS c ON c.id = f.customer_id
       JOIN accounts AS r ON r.id = f.root_id LEFT JOIN staff AS s ON p.actor = 'staff:' || s.id
       ORDER BY p.at DESC, p.customer_id LIMIT ?3`,
      currency,
      since,
      PINNED_MAX,
    ),
  );
  return rows.map((row) => ({
    ...toAccount(row),
    pinnedAt: Number(row[5]),
    by: row[6] === null || row[6] === undefined ? null : String(row[6]),
  }));
}

async function listMost(db: Store, { currency, since }: Terms): Promise<KeyAccount[]> {
  const rows = await db.read(
    statement(
      `SELECT ${columns} FROM (SELECT customer_id, root_id FROM customer_figures INDEXED BY customer_figures_year
         WHERE year_spend_minor > 0 ORDER BY year_spend_minor DESC, customer_id DESC LIMIT ?3) AS f
       JOIN customers AS c ON c.id = f.customer_id JOIN accounts AS r ON r.id = f.root_id`,
      currency,
      since,
      LOOKED_AT,
    ),
  );
  const byRoot = new Map(rows.map(toAccount).map((account) => [account.rootId, account]));
  return [...byRoot.values()]
    .filter(({ yearSpendMinor }) => yearSpendMinor > 0n)
    .sort((a, b) => (a.yearSpendMinor < b.yearSpendMinor ? 1 : a.yearSpendMinor > b.yearSpendMinor ? -1 : 0));
}

function toAccount([customerId, rootId, name, isShared, spend]: Row): KeyAccount {
  return {
    customerId: String(customerId),
    rootId: String(rootId),
    name: String(name),
    isShared: Number(isShared) === 1,
    yearSpendMinor: BigInt(String(spend ?? '0')),
  };
}

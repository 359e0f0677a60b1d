import { statement } from '../../../../db/query.ts';
import { type Row, type Statement, StoreUnavailable } from '../../../../db/store.ts';
import { followChanges } from '../../../ground/feed/follow-changes.ts';
import type { Follower } from '../../../ground/feed/follower.ts';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { sortKey } from '../../../ground/platform/sort-key.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { traits } from './conditions.ts';

/** Whatever happens with an account may change what the list says of its people. */
export const figuresFollower: Follower = {
  name: 'customer-list',
  start: 'beginning',
  step: 500,
  stepsMax: 200,
};

/** Whoever reads the list brings so much of the newest into it first; the job brings the rest. */
const AT_ONCE = { step: 200, stepsMax: 3 };

export const YEAR_MS = 365 * DAY_MS;

/** How far the list came. */
export interface Followed {
  /** How many changes were passed, or names put in order. */
  passed: number;
  /** How many changes. */
  changes: number;
  /** Names may wait yet that no order by name knows. */
  isUnsorted: boolean;
}

/** Brings what happened since into the figures of the list. */
export async function followFigures(ctx: Context, follower: Follower = figuresFollower): Promise<Followed> {
  const { currency } = await getBusiness(ctx);
  const terms = currency ?? '';
  const since = ctx.now() - YEAR_MS;
  const changes = await followChanges(
    ctx,
    follower,
    async (changes) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const people = JSON.stringify([...new Set(changes.map(({ accountId }) => accountId))]);
      return [...figureAnew(people, { currency: terms, since }), ...(await keyNew(ctx, people))];
    },
    { terms },
  );
  const { looked, isWhole } = await keyNames(ctx, follower);
  return { passed: Math.max(changes, looked), changes, isUnsorted: !isWhole };
}

/** What those sort by who come into the list, or whose name became another: known as soon as they stand in it. */
async function keyNew(ctx: Context, changed: string): Promise<Statement[]> {
  const rows = await ctx.db.fresh.read(
    statement(
      `${peopleOf} SELECT c.id, coalesce(c.name, c.email, '') FROM people CROSS JOIN customers AS c ON c.id = people.id
       LEFT JOIN customer_figures AS f ON f.customer_id = c.id WHERE f.name_key IS NULL AND c.withdrawn_at IS NULL`,
      changed,
    ),
  );
  return rows.length === 0 ? [] : [setKeys(rows)];
}

/**
 * Says of customers of the list whose name became another, or who came into it in an earlier release, what they sort by. A
 * trigger forgets it with each change of a name, whoever makes it.
 * @returns how many were looked at, and whether these were all
 */
async function keyNames(
  ctx: Context,
  { step: limit = 500, stepsMax = 1 }: Follower,
): Promise<{ looked: number; isWhole: boolean }> {
  const mayStep = takeSteps(ctx, stepsMax);
  let looked = 0;
  while (mayStep()) {
    const rows = await ctx.db.fresh.read(statement(unkeyed, limit));
    if (rows.length > 0) await ctx.db.write([setKeys(rows)]);
    looked += rows.length;
    if (rows.length < limit) return { looked, isWhole: true };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { looked, isWhole: false };
}

const unkeyed = `SELECT f.customer_id, coalesce(c.name, c.email, '')
  FROM customer_figures AS f INDEXED BY customer_figures_unnamed CROSS JOIN customers AS c ON c.id = f.customer_id
  WHERE f.name_key IS NULL LIMIT ?`;

const setKeys = (rows: readonly Row[]) =>
  statement(
    keyed,
    JSON.stringify(rows.map(([id, name]) => [String(id), String(name), sortKey(String(name))])),
  );

/** Whose name became another meanwhile is left to the next time. */
const keyed = `UPDATE customer_figures SET name_key = k.value ->> 2 FROM json_each(?) AS k
  CROSS JOIN customers AS c ON c.id = k.value ->> 0 AND coalesce(c.name, c.email, '') = k.value ->> 1
  WHERE customer_figures.customer_id = c.id`;

/**
 * The same before the list is read, within bounds, so that it tells what was done a moment ago. It is behind where more
 * waits for the job, as after an import of many.
 */
export async function catchUp(ctx: Context): Promise<{ isBehind: boolean; isUnsorted: boolean }> {
  try {
    const { changes, isUnsorted } = await followFigures(ctx, { ...figuresFollower, ...AT_ONCE });
    return { isBehind: changes >= AT_ONCE.step * AT_ONCE.stepsMax, isUnsorted };
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const waiting = await ctx.db.read(statement(unkeyed, 1));
    return { isBehind: true, isUnsorted: waiting.length > 0 };
  }
}

interface Terms {
  currency: string;
  /** When the last 365 days began. */
  since: number;
}

const peopleOf = `WITH people(id) AS (SELECT DISTINCT m.customer_id FROM json_each(?1) AS changed
  JOIN accounts AS a ON a.root_id = changed.value JOIN memberships AS m ON m.account_id = a.id)`;

/** The account that is shown first of a customer: see `choosePlace`. */
const shownRoot = `(SELECT x.id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
  JOIN accounts AS x ON x.id = a.root_id
  WHERE m.customer_id = c.id AND m.until IS NULL AND x.withdrawn_at IS NULL
  ORDER BY x.first_placed_at IS NULL, x.kind, x.name, x.id LIMIT 1)`;

const figures = [
  ...[
    'customer_id',
    'root_id',
    'kind',
    'is_claimed',
    'joined_at',
    'spend_minor',
    'order_count',
    'year_spend_minor',
  ],
  ...['last_placed_at', 'balance_minor', 'is_in_club', 'wants_news', 'has_lapsed'],
];

/** What a name sorts by stays with its row: who orders stands in the list all the while. */
function figureAnew(changed: string, { currency, since }: Terms): Statement[] {
  const columns = figures.join(', ');
  return [
    statement(
      `${peopleOf} DELETE FROM customer_figures WHERE customer_id IN (SELECT people.id FROM people
         LEFT JOIN customers AS c ON c.id = people.id AND c.withdrawn_at IS NULL
         WHERE c.id IS NULL OR ${shownRoot} IS NULL)`,
      changed,
    ),
    statement(
      `${peopleOf}, figured(${columns}) AS (SELECT c.id, r.id,
         CASE WHEN r.kind = 'personal' THEN 'personal' WHEN r.form = 'household' THEN 'household' ELSE 'company' END,
         c.claimed_at IS NOT NULL,
         coalesce(min(coalesce(r.first_placed_at, r.signed_up_at), coalesce(r.signed_up_at, r.first_placed_at)), c.created_at),
         coalesce(s.spend_minor, 0), coalesce(s.order_count, 0),
         ${yearSpend('r.id', { currency: '?2', since: '?3' })},
         coalesce((SELECT max(placed_at) FROM orders WHERE root_id = r.id), 0),
         r.balance_minor,
         r.club_spans IS NOT NULL AND json_extract(r.club_spans, '$[#-1][1]') IS NULL,
         coalesce((SELECT is_given FROM consents WHERE customer_id = c.id AND kind = 'news' ORDER BY id DESC LIMIT 1), 0),
         EXISTS (SELECT 1 FROM ledger WHERE account_id = r.id AND kind = 'expire')
       FROM people JOIN customers AS c ON c.id = people.id AND c.withdrawn_at IS NULL
       JOIN accounts AS r ON r.id = ${shownRoot}
       LEFT JOIN account_spend AS s ON s.root_id = r.id AND s.currency = ?2)
       INSERT INTO customer_figures (${columns}, traits) SELECT *, ${traits} FROM figured WHERE true
       ON CONFLICT (customer_id) DO UPDATE SET ${[...figures.slice(1), 'traits'].map((name) => `${name} = excluded.${name}`).join(', ')}`,
      changed,
      currency,
      since,
    ),
  ];
}

/** SQL of what a root account's orders came to since a moment; by its own orders, whatever the planner thinks of the currency. */
export function yearSpend(root: string, { currency, since }: { currency: string; since: string }): string {
  return `coalesce((SELECT sum(total_minor - discount_minor - refunded_minor)
    FROM orders INDEXED BY orders_root_placed
    WHERE root_id = ${root} AND placed_at >= ${since} AND currency = ${currency} AND is_cancelled = 0), 0)`;
}

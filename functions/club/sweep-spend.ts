import { eq, sql } from 'drizzle-orm';
import { query, statement } from '../../db/query.ts';
import { clubSweeps } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import { passOver } from '../accounts/change-account.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { dayOf, startOfDay } from '../platform/business-time.ts';
import { dateText, yearOf } from '../platform/calendar.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { invitation } from './invitations.ts';
import { clubSpendOf } from './level.ts';
import { admit, changeMembership, decideOnClub, startOfToday } from './membership.ts';
import { listClaimedPeople } from './queries.ts';

const ROWS_PER_STEP = 5000;
const STEPS_PER_RUN = 20;
/** What was begun may be written later than what began after it; nothing takes longer than this. */
const LAG_MS = 10 * 60_000;

type Terms = NonNullable<ReturnType<typeof clubSpendOf>>;

/**
 * Invites or lets in whoever has reached the spend of the club: once per account ever, and people who proved their email
 * only. It looks at what is new, orders, proven emails and confirmed people, from where it stopped; a changed policy begins anew.
 */
export async function admitBySpend(ctx: Context): Promise<number> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const terms = clubSpendOf(business);
  if (terms === null) return 0;
  let admitted = 0;
  for (const source of sources(ctx.now())) {
    let after = await positionOf(ctx.db.fresh, source.name, terms);
    for (let steps = 0; steps < STEPS_PER_RUN; steps += 1) {
      const [page] = await source.page(ctx.db.fresh, { after });
      if (page === undefined || page.last === null) break;
      const range = { after, last: page.last, currency: terms.currency, minor: terms.minor };
      for (const { accountId } of await source.reached(ctx.db.fresh, range)) {
        if (await isWelcome(ctx, business, accountId, terms))
          admitted += (await welcome(ctx, accountId, terms)) ? 1 : 0;
      }
      after = page.last;
      await ctx.db.write([moveOn(source.name, terms, [after, source.sure].sort()[0] ?? after)]);
    }
  }
  if (admitted > 0) ctx.wakeMail('soon');
  return admitted;
}

interface Source {
  name: string;
  /** Up to here nothing is added any more. */
  sure: string;
  page: (db: Store, asked: { after: string }) => Promise<{ last: string | null }[]>;
  reached: (
    db: Store,
    asked: { after: string; last: string; currency: string; minor: bigint },
  ) => Promise<{ accountId: string }[]>;
}

/** Ids of orders, and of what is said of an account's people, grow with time; moments of claims, padded, sort as texts do. */
function sources(now: number): Source[] {
  const sureId = (now - LAG_MS).toString(16).padStart(12, '0');
  return [
    {
      name: 'orders',
      sure: sureId,
      page: lastOrder,
      reached: reachedByOrder,
    },
    { name: 'claims', sure: paddedMs(now - LAG_MS), page: lastClaim, reached: reachedByClaim },
    { name: 'people', sure: sureId, page: lastPerson, reached: reachedByPerson },
  ];
}

const paddedMs = (ms: number) => String(ms).padStart(15, '0');

const lastIdOf = (table: 'orders' | 'membership_events') =>
  query((db) =>
    db
      .select({ last: sql<string | null>`max(id)` })
      .from(
        sql`(SELECT id FROM ${sql.raw(table)} WHERE id > ${sql.placeholder('after')} ORDER BY id LIMIT ${sql.raw(String(ROWS_PER_STEP))})`,
      ),
  );
const lastOrder = lastIdOf('orders');
const lastPerson = lastIdOf('membership_events');

const lastClaim = query((db) =>
  db
    .select({ last: sql<string | null>`printf('%015d', newest)` })
    .from(
      sql`(SELECT max(claimed_at) AS newest FROM
        (SELECT claimed_at FROM customers WHERE claimed_at > CAST(${sql.placeholder('after')} AS INTEGER)
          ORDER BY claimed_at LIMIT ${sql.raw(String(ROWS_PER_STEP))}))`,
    )
    .where(sql`newest IS NOT NULL`),
);

/** Accounts that spent enough and that the club has never met. */
const reached = (met: ReturnType<typeof sql>) =>
  query((db) =>
    db
      .select({ accountId: sql<string>`s.root_id` })
      .from(sql`account_spend s`)
      .where(
        sql`s.root_id IN ${met} AND s.currency = ${sql.placeholder('currency')}
          AND s.spend_minor >= ${sql.placeholder('minor')}
          AND NOT EXISTS (SELECT 1 FROM club_memberships WHERE account_id = s.root_id)
          AND NOT EXISTS (SELECT 1 FROM club_invitations WHERE account_id = s.root_id)`,
      )
      .orderBy(sql`s.root_id`),
  );

const reachedByOrder = reached(
  sql`(SELECT root_id FROM orders WHERE id > ${sql.placeholder('after')} AND id <= ${sql.placeholder('last')})`,
);
const reachedByClaim = reached(
  sql`(SELECT a.root_id FROM customers c JOIN memberships m ON m.customer_id = c.id JOIN accounts a ON a.id = m.account_id
    WHERE m.until IS NULL AND (a.kind = 'personal' OR m.role IS NOT NULL) AND c.claimed_at > CAST(${sql.placeholder('after')} AS INTEGER)
      AND c.claimed_at <= CAST(${sql.placeholder('last')} AS INTEGER))`,
);

const reachedByPerson = reached(
  sql`(SELECT a.root_id FROM membership_events e JOIN accounts a ON a.id = e.account_id
    WHERE e.id > ${sql.placeholder('after')} AND e.id <= ${sql.placeholder('last')})`,
);

/** A year's spend is no more than that of all years, so only who reached it in all is added up. */
async function isWelcome(
  ctx: Context,
  business: Business,
  accountId: string,
  terms: Terms,
): Promise<boolean> {
  if (terms.per === 'lifetime') return true;
  const { timeZone } = business;
  const year = yearOf(dayOf(ctx.now(), timeZone));
  const [row] = await findSpendWithin(ctx.db.fresh, {
    accountId,
    currency: terms.currency,
    from: startOfDay(dateText(year, 1, 1), timeZone),
    to: startOfDay(dateText(year + 1, 1, 1), timeZone),
  });
  return BigInt(row?.spendMinor ?? 0) >= terms.minor;
}

const findSpendWithin = query((db) =>
  db
    .select({ spendMinor: sql<bigint>`sum(total_minor - discount_minor - refunded_minor)` })
    .from(sql`orders`)
    .where(
      sql`root_id = ${sql.placeholder('accountId')} AND placed_at >= ${sql.placeholder('from')}
        AND placed_at < ${sql.placeholder('to')} AND currency = ${sql.placeholder('currency')} AND is_cancelled = 0`,
    ),
);

async function welcome(ctx: Context, accountId: string, { entry }: Terms): Promise<boolean> {
  const [first] = await listClaimedPeople(ctx.db.fresh, { accountId });
  if (first === undefined) return false;
  const since = await startOfToday(ctx);
  const decide = entry === 'admit' ? changeMembership : decideOnClub;
  try {
    await decide(ctx, accountId, (state) => {
      if (state.memberships.length > 0 || state.invitations.length > 0) throw new AlreadyMet();
      if (entry === 'invite') {
        const { id, statements } = invitation(ctx, { accountId, customerId: first.id, how: 'spend' });
        const detail = { invitation: id, how: 'spend' };
        return { kind: 'club_invited', detail, statements, result: undefined };
      }
      const admission = { accountId, customerId: first.id, how: 'spend' as const, causeId: null, since };
      const { id, statements } = admit(ctx, state, admission);
      const detail = { membership: id, how: 'spend', since };
      return { kind: 'club_joined', detail, statements, result: undefined };
    });
    return true;
  } catch (error) {
    const isLate = error instanceof AlreadyMet || (error instanceof AppError && error.code === 'unavailable');
    if (!isLate) passOver(error, accountId, ctx.log);
    return false;
  }
}

class AlreadyMet extends Error {}

const findSweep = query((db) =>
  db
    .select({ terms: clubSweeps.terms, position: clubSweeps.position })
    .from(clubSweeps)
    .where(eq(clubSweeps.name, sql.placeholder('name'))),
);

const termsText = ({ minor, currency, per, entry }: Terms) => [minor, currency, per, entry].join(' ');

async function positionOf(db: Store, name: string, terms: Terms): Promise<string> {
  const [kept] = await findSweep(db, { name });
  return kept?.terms === termsText(terms) ? kept.position : '';
}

function moveOn(name: string, terms: Terms, position: string) {
  return statement(
    `INSERT INTO club_sweeps (name, terms, position) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET terms = excluded.terms, position = excluded.position`,
    name,
    termsText(terms),
    position,
  );
}

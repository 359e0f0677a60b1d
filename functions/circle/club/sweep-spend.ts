import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { followChanges, stopFollowing } from '../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../ground/feed/follower.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { dateText, yearOf } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import type { AnsweredDecision } from '../../money/accounts/write-history.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { inviteAccount } from './invitations.ts';
import { clubSpendOf } from './level.ts';
import { admit, changeMembership, decideOnClub, startOfToday } from './membership.ts';
import { listClaimedPeople } from './queries.ts';

type Terms = NonNullable<ReturnType<typeof clubSpendOf>>;

/** Whoever reaches the spend of the club does so by something that happens with an account. */
export const clubNews: Follower = { name: 'club', start: 'beginning', step: 5000, stepsMax: 20 };

/**
 * Invites or lets in whoever has reached the spend of the club: once per account ever, and people who proved their email
 * only. It looks at accounts with which something happened; a changed policy begins anew.
 */
export async function admitBySpend(ctx: Context): Promise<number> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const terms = clubSpendOf(business);
  if (terms === null) {
    await stopFollowing(ctx, clubNews);
    return 0;
  }
  let admitted = 0;
  const welcomeAll = async (changes: readonly Change[]) => {
    for (const { accountId } of await listReached(ctx.db.fresh, { ...toFilter(changes), ...terms })) {
      if (await isWelcome(ctx, business, accountId, terms))
        admitted += (await welcome(ctx, accountId, terms)) ? 1 : 0;
    }
    return undefined;
  };
  await followChanges(ctx, clubNews, welcomeAll, { terms: termsText(terms) });
  if (admitted > 0) ctx.wakeMail('soon');
  return admitted;
}

const termsText = ({ minor, currency, per, entry }: Terms) => [minor, currency, per, entry].join(' ');

function toFilter(changes: readonly Change[]): { ids: string; claimed: string } {
  const idsOf = (some: readonly Change[]) =>
    JSON.stringify([...new Set(some.map(({ accountId }) => accountId))]);
  return { ids: idsOf(changes), claimed: idsOf(changes.filter(({ kind }) => kind === 'claimed')) };
}

/**
 * Accounts that spent enough and that the club has never met: of `ids`, and those in which an owner of the `claimed` has a
 * role. Both are JSON lists.
 */
const listReached = query((db) =>
  db
    .select({ accountId: sql<string>`s.root_id` })
    .from(sql`account_spend s`)
    .where(
      sql`s.root_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}) UNION
          SELECT a.root_id FROM accounts own JOIN memberships m ON m.customer_id = own.owner_id AND m.until IS NULL
          JOIN accounts a ON a.id = m.account_id
          WHERE own.id IN (SELECT value FROM json_each(${sql.placeholder('claimed')})) AND m.role IS NOT NULL)
        AND s.currency = ${sql.placeholder('currency')} AND s.spend_minor >= ${sql.placeholder('minor')}
        AND NOT EXISTS (SELECT 1 FROM club_memberships WHERE account_id = s.root_id)
        AND NOT EXISTS (SELECT 1 FROM club_invitations WHERE account_id = s.root_id)`,
    )
    .orderBy(sql`s.root_id`),
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
    .from(sql`orders INDEXED BY orders_root_placed`)
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
    return await decide(ctx, accountId, (state): AnsweredDecision<boolean> => {
      if (state.memberships.length > 0 || state.invitations.length > 0)
        return { ...unchanged, result: false };
      if (entry === 'invite') {
        const { id, ...invitation } = inviteAccount(ctx, { accountId, customerId: first.id, how: 'spend' });
        const detail = { invitation: id, how: 'spend' };
        return { history: { kind: 'club_invited', detail }, ...invitation, result: true };
      }
      const admission = { accountId, customerId: first.id, how: 'spend' as const, causeId: null, since };
      const { id, ...admitted } = admit(ctx, state, admission);
      const detail = { membership: id, how: 'spend', since };
      return { history: { kind: 'club_joined', detail }, ...admitted, result: true };
    });
  } catch (error) {
    const isLate = error instanceof AppError && error.code === 'unavailable';
    if (!isLate) passOver(ctx, error, accountId);
    return false;
  }
}

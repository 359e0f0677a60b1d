import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Amount } from '../../ground/platform/money.ts';
import type { AccountChoice } from '../../money/accounts/own-places.ts';
import { choiceOf, choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { type Benefit, listBenefits } from './benefits/list-benefits.ts';
import { type DropView, listMemberDrops } from './drops/member-drops.ts';
import { type EventView, listMemberEvents } from './events/member-events.ts';
import { clubSpendOf, type Level } from './level.ts';
import { type LevelView, toLevelView } from './levels/view.ts';
import { loadClubState } from './membership.ts';
import { findPerson, findSpendOf } from './queries.ts';
import { loadMember } from './standing.ts';
import type { Names } from './texts.ts';

/** Where a customer's account stands towards the club, and what it has of it. */
export interface MembershipView {
  account: AccountChoice;
  accounts: AccountChoice[];
  /** Whether they may act for the account: apply, accept, leave. */
  mayAct: boolean;
  name: string | null;
  memberNumber: string | null;
  card: {
    since: number;
    level: LevelView | null;
    next: { names: Names; missing: Amount } | null;
    /** What it gave so far. */
    gave: { earned: Amount; bonuses: Amount; pieces: number; events: number };
  } | null;
  invitation: { id: string; at: number } | null;
  application: { state: 'waiting' | 'declined'; at: number; reason: string | null } | null;
  /** The spend that would let them in, and what is missing; null where spending does not. */
  spend: { target: Amount; spent: Amount; per: 'year' | 'lifetime' } | null;
  benefits: Benefit[];
  /** Lowest first. */
  levels: Level[];
  /** That of the member's level, from 1 for the lowest; 0 for who is none. */
  levelNumber: number;
  drops: DropView[];
  events: EventView[];
}

/** The club page of the signed-in customer. @throws {AppError} `not_found` for an account that is not theirs */
export async function getMembership(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<MembershipView> {
  const customerId = customerIdOf(ctx);
  const [business, places] = await Promise.all([getBusiness(ctx), listOwnPlaces(ctx)]);
  const place = await choosePlace(ctx, places, accountId);
  const { rootId } = place;
  const { db } = ctx;
  const now = ctx.now();
  const currency = business.currency ?? '';
  const [state, member, [person], [spent], benefits, drops, events, [gave], rulesGave] = await Promise.all([
    loadClubState({ db }, rootId),
    loadMember(db, business, { accountId: rootId, now }),
    findPerson(db, { id: customerId }),
    findSpendOf(db, { accountId: rootId, currency }),
    listBenefits(db, now),
    listMemberDrops(ctx, rootId),
    listMemberEvents(ctx, customerId),
    findGiven(db, { accountId: rootId, customerId }),
    listPosted(db, { accountId: rootId }),
  ]);
  const amount = (minor: bigint): Amount => ({ minor, currency });
  const { levels, standing } = member;
  const { next } = standing;
  const [invited] = state.invitations.filter(({ answer }) => answer === null);
  return {
    account: choiceOf(place),
    accounts: places.map(choiceOf),
    mayAct: place.departments === null,
    name: person?.name ?? null,
    memberNumber: person?.memberNumber ?? null,
    card:
      state.current === null
        ? null
        : {
            since: firstOf(state.memberships, state.current.since),
            level: toLevelView(standing, business),
            next: next === null ? null : { names: next.level.names, missing: amount(next.missingMinor) },
            gave: {
              earned: amount(earnedByClub(rulesGave, business)),
              bonuses: amount(BigInt(gave?.bonusMinor ?? 0)),
              pieces: Number(gave?.pieces ?? 0),
              events: events.filter(({ mine, startsAt }) => mine?.state === 'seated' && startsAt <= now)
                .length,
            },
          },
    invitation: invited === undefined ? null : { id: invited.id, at: invited.at },
    application: applicationOf(state),
    spend: spendOf(business, spent?.spendMinor ?? 0n),
    benefits,
    levels,
    levelNumber: state.current === null ? 0 : standing.number,
    drops,
    events,
  };
}

/** Who left and came back is a member since they came back; one begun before another ended goes on. */
function firstOf(memberships: readonly { since: number; until: number | null }[], since: number): number {
  const before = memberships.find((one) => one.since < since && one.until !== null && one.until >= since);
  return before === undefined ? since : firstOf(memberships, before.since);
}

function applicationOf({ applications, current }: Awaited<ReturnType<typeof loadClubState>>) {
  const [newest] = applications;
  if (newest === undefined || current !== null) return null;
  if (newest.outcome === null) return { state: 'waiting' as const, at: newest.at, reason: null };
  if (newest.outcome !== 'declined') return null;
  return { state: 'declined' as const, at: newest.decidedAt ?? newest.at, reason: newest.reason };
}

/** Of all years only; this year's spend is not shown while it is not kept. */
function spendOf(business: Business, spendMinor: bigint): MembershipView['spend'] {
  const terms = clubSpendOf(business);
  if (terms === null) return null;
  const amount = (minor: bigint): Amount => ({ minor, currency: terms.currency });
  return { target: amount(terms.minor), spent: amount(spendMinor), per: terms.per };
}

function earnedByClub(
  rows: readonly { ruleId: string; version: number; postedMinor: bigint }[],
  { compiled }: Business,
): bigint {
  return rows
    .filter(
      ({ ruleId, version }) =>
        compiled?.versionByKey.get(versionKey(ruleId, version))?.rule.audience === 'club',
    )
    .reduce((sum, { postedMinor }) => sum + postedMinor, 0n);
}

const findGiven = query((db) =>
  db
    .select({
      bonusMinor: sql<bigint>`(SELECT coalesce(sum(amount_minor), 0) FROM bonuses
        WHERE account_id = ${sql.placeholder('accountId')} AND cause_kind IN ('club', 'promise')
          AND id NOT IN (SELECT bonus_id FROM bonus_reversals))`.mapWith(BigInt),
      pieces: sql<number>`(SELECT count(*) FROM drop_claims c JOIN drop_grants g ON g.claim_id = c.id
        WHERE c.account_id = ${sql.placeholder('accountId')} AND c.id NOT IN (
          SELECT claim_id FROM drop_claim_endings WHERE outcome <> 'collected'))`.mapWith(Number),
    })
    .from(sql`(SELECT 1)`),
);

const listPosted = query((db) =>
  db
    .select({
      ruleId: sql<string>`rule_id`,
      version: sql<number>`version`.mapWith(Number),
      postedMinor: sql<bigint>`posted_minor`.mapWith(BigInt),
    })
    .from(sql`period_totals`)
    .where(sql`root_id = ${sql.placeholder('accountId')} AND posted_minor <> 0`),
);

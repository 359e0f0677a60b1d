import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import {
  accounts,
  bonuses,
  bonusReversals,
  customers,
  orders,
  referralCodes,
  referralSteps,
  referrals,
} from '../../../db/schema/index.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { areTwo, survivingCustomer } from '../../money/accounts/survivors.ts';
import { knownSince } from '../../people/customers/known-since.ts';
import { friendsRoot } from './friends-root.ts';
import { readers } from './readers.ts';

const id = sql.placeholder('id');

/** Whose code it is; nobody's once they have left. */
export const findCodeOwner = queryOne((db) =>
  db
    .select({
      customerId: customers.id,
      name: customers.name,
      code: referralCodes.code,
      madeAt: referralCodes.at,
    })
    .from(referralCodes)
    .innerJoin(customers, eq(customers.id, referralCodes.customerId))
    .where(
      and(
        eq(referralCodes.code, sql.placeholder('code')),
        isNull(customers.withdrawnAt),
        isNull(customers.closedAt),
      ),
    ),
);

export const findOwnCode = queryOne((db) =>
  db
    .select({ code: referralCodes.code })
    .from(referralCodes)
    .where(eq(referralCodes.customerId, sql.placeholder('customerId'))),
);

export const referrer = alias(customers, 'referrer');
export const friend = alias(customers, 'friend');

const ordersRoot = sql.raw(friendsRoot);
const friendNow = sql.raw(survivingCustomer('referrals.friend_id', 'referrals.referrer_id'));
const areStillTwo = sql.raw(areTwo('referrals.friend_id', 'referrals.referrer_id'));

export const referralColumns = {
  id: referrals.id,
  code: referrals.code,
  via: referrals.via,
  toldAt: referrals.toldAt,
  ownMinor: referrals.ownMinor,
  friendMinor: referrals.friendMinor,
  minimumMinor: referrals.minimumMinor,
  currency: referrals.currency,
  waitingDays: referrals.waitingDays,
  state: referrals.state,
  orderId: referrals.orderId,
  stepSeq: referrals.stepSeq,
  lookedSeq: referrals.lookedSeq,
  lookedAt: referrals.lookedAt,
  recordedAt: referrals.recordedAt,
  dueAt: referrals.dueAt,
  referrerId: referrals.referrerId,
  referrerRootId: referrals.referrerRootId,
  friendId: referrals.friendId,
  friendRootId: referrals.friendRootId,
};

export const personColumns = {
  referrer: {
    email: referrer.email,
    name: referrer.name,
    claimedAt: referrer.claimedAt,
    since: knownSince(referrer),
  },
  friend: {
    email: friend.email,
    name: friend.name,
    claimedAt: friend.claimedAt,
    since: knownSince(friend),
  },
};

const referralRows = (where: SQL) =>
  query((db) =>
    db
      .select({
        ...referralColumns,
        ...personColumns,
        ...readers,
        historySeq: accounts.historySeq,
        newsRootId: accounts.id,
      })
      .from(referrals)
      .innerJoin(referrer, eq(referrer.id, referrals.referrerId))
      .innerJoin(friend, eq(friend.id, referrals.friendId))
      .innerJoin(accounts, eq(accounts.id, ordersRoot))
      .where(where),
  );

/** A referral with its two people; `historySeq` is the newest row of the friend's history. */
export const findReferral = referralRows(eq(referrals.id, id));
export type ReferralRow = Awaited<ReturnType<typeof findReferral>>[number];

/** Every referral by which one of some root accounts can be owed something. `ids` is a JSON array. */
export const listReferralsOfRoots = referralRows(
  sql`${referrals.id} IN (SELECT id FROM referrals WHERE referrer_root_id IN ${listed('ids')}
    UNION SELECT id FROM referrals WHERE friend_root_id IN ${listed('ids')})`,
);

const isListed = (column: unknown) => sql`${column} IN ${listed('ids')}`;

/** The steps of some referrals, each by rising seq. `ids` is a JSON array. */
export const listSteps = query((db) =>
  db
    .select()
    .from(referralSteps)
    .where(isListed(referralSteps.referralId))
    .orderBy(asc(referralSteps.referralId), asc(referralSteps.seq)),
);
export type StepRow = Awaited<ReturnType<typeof listSteps>>[number];

/** What the friends of some referrals ordered in the currency of the promise, oldest first. `ids` is a JSON array. */
export const listFriendOrders = query((db) =>
  db
    .select({
      referralId: referrals.id,
      id: orders.id,
      source: orders.source,
      number: orders.number,
      placedAt: orders.placedAt,
      placedOn: orders.placedOn,
      total: orders.totalMinor,
      discount: orders.discountMinor,
      refunded: orders.refundedMinor,
      isCancelled: orders.isCancelled,
      isHeld: orders.isHeld,
      deliveredAt: orders.deliveredAt,
    })
    .from(referrals)
    .innerJoin(
      orders,
      and(
        eq(orders.rootId, ordersRoot),
        eq(orders.customerId, friendNow),
        areStillTwo,
        // `+` keeps the planner from the index of the currency, which has everybody's orders.
        sql`+${orders.currency} = ${referrals.currency}`,
      ),
    )
    .where(isListed(referrals.id))
    .orderBy(asc(orders.placedAt), asc(orders.id)),
);
export type FriendOrderRow = Awaited<ReturnType<typeof listFriendOrders>>[number];

/** Which bonuses of some referrals stand, by root account. `ids` is a JSON array. */
export const listStandingBonuses = query((db) =>
  db
    .select({ referralId: referrals.id, rootId: bonuses.accountId, amountMinor: bonuses.amountMinor })
    .from(referrals)
    .innerJoin(
      bonuses,
      sql`${bonuses.accountId} IN (${referrals.referrerRootId}, ${referrals.friendRootId})
        AND ${bonuses.causeKind} = 'referral' AND ${bonuses.causeId} = ${referrals.id}`,
    )
    .leftJoin(bonusReversals, eq(bonusReversals.bonusId, bonuses.id))
    .where(and(isListed(referrals.id), isNull(bonusReversals.bonusId))),
);

/** The emails of both people, of today and before. */
export const listEmails = query((db) =>
  db
    .select({
      customerId: sql<string>`people.customer_id`,
      email: sql<string>`people.email`,
    })
    .from(
      sql`(SELECT id AS customer_id, email FROM customers UNION ALL SELECT customer_id, email FROM former_emails) AS people`,
    )
    .where(
      sql`people.customer_id IN (${sql.placeholder('referrerId')}, ${sql.placeholder('friendId')})
        AND people.email IS NOT NULL`,
    ),
);

const RECENTLY_MS = 7 * DAY_MS;

/** Kinds of marks that both people left; a network only when both were there within a week. */
export const listSharedMarks = query((db) =>
  db
    .selectDistinct({ kind: sql<'address' | 'payment' | 'device' | 'network'>`own.kind` })
    .from(
      sql`referral_marks AS own JOIN referral_marks AS other ON other.kind = own.kind AND other.mark = own.mark`,
    )
    .where(
      sql`own.customer_id = ${sql.placeholder('referrerId')} AND other.customer_id = ${sql.placeholder('friendId')}
        AND (own.kind <> 'network' OR abs(own.at - other.at) <= ${sql.raw(String(RECENTLY_MS))})`,
    ),
);

/** What else is asked about two people: a household in common, orders before, how many were recommended before. */
export const findCircumstances = queryOne((db) =>
  db
    .select({
      isHousehold:
        sql<boolean>`EXISTS (SELECT 1 FROM memberships AS own JOIN accounts AS place ON place.id = own.account_id
        JOIN accounts AS beside ON beside.root_id = place.root_id
        JOIN memberships AS other ON other.account_id = beside.id AND other.customer_id = ${sql.placeholder('friendId')}
        WHERE own.customer_id = ${sql.placeholder('referrerId')})`.mapWith(readFlag),
      hadOrdered:
        sql<boolean>`EXISTS (SELECT 1 FROM memberships JOIN accounts AS place ON place.id = memberships.account_id
        JOIN orders ON orders.root_id = place.root_id AND orders.customer_id = memberships.customer_id
        WHERE memberships.customer_id = ${sql.placeholder('friendId')} AND CASE WHEN orders.placed_on IS NULL
          THEN orders.placed_at < ${sql.placeholder('customerBy')}
          ELSE orders.placed_at + ${sql.raw(String(DAY_MS))} <= ${sql.placeholder('customerBy')} END)`.mapWith(
          readFlag,
        ),
      earlierInMonth:
        sql<number>`(SELECT count(*) FROM referrals WHERE referrer_id = ${sql.placeholder('referrerId')}
        AND recorded_at >= ${sql.placeholder('monthStart')}
        AND (recorded_at, id) < (${sql.placeholder('recordedAt')}, ${id}))`.mapWith(Number),
    })
    .from(sql`(SELECT 1)`),
);

const LOOKS_AT_A_TIME = 100;

/** Referrals to be looked at, in the order of their ids. */
export const listDue = query((db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      sql`due_at IS NOT NULL AND due_at <= ${sql.placeholder('now')} AND +id > ${sql.placeholder('after')}`,
    )
    .orderBy(sql`+id`)
    .limit(LOOKS_AT_A_TIME),
);

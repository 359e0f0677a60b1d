import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { apiKeys, customers, referralSteps, referrals, staff } from '../../../db/schema/index.ts';
import { friend, personColumns, referralColumns, referrer } from './queries.ts';

const id = sql.placeholder('id');
/** How many of what somebody recommended their page shows. */
const OWN_MAX = 200;
const customerId = sql.placeholder('customerId');

/** What somebody recommended, newest first. */
export const listOwnReferrals = query((db) =>
  db
    .select({
      id: referrals.id,
      state: referrals.state,
      toldAt: referrals.toldAt,
      ownMinor: referrals.ownMinor,
      currency: referrals.currency,
      friendName: friend.name,
      friendClaimedAt: friend.claimedAt,
    })
    .from(referrals)
    .innerJoin(friend, eq(friend.id, referrals.friendId))
    .where(eq(referrals.referrerId, customerId))
    .orderBy(desc(referrals.toldAt), desc(referrals.id))
    .limit(OWN_MAX),
);

/** The steps of what somebody recommended, each by rising seq. */
export const listOwnSteps = query((db) =>
  db
    .select()
    .from(referralSteps)
    .where(sql`${referralSteps.referralId} IN (SELECT id FROM referrals WHERE referrer_id = ${customerId})`)
    .orderBy(asc(referralSteps.referralId), asc(referralSteps.seq)),
);

/** How somebody came, with who recommended them. */
export const findCameBy = queryOne((db) =>
  db
    .select({
      id: referrals.id,
      state: referrals.state,
      friendMinor: referrals.friendMinor,
      minimumMinor: referrals.minimumMinor,
      currency: referrals.currency,
      referrerName: referrer.name,
    })
    .from(referrals)
    .innerJoin(referrer, eq(referrer.id, referrals.referrerId))
    .where(eq(referrals.friendId, customerId)),
);

export const listStepsOfFriend = query((db) =>
  db
    .select()
    .from(referralSteps)
    .where(sql`${referralSteps.referralId} = (SELECT id FROM referrals WHERE friend_id = ${customerId})`)
    .orderBy(asc(referralSteps.seq)),
);

export const countReferrals = query((db) =>
  db
    .select({ state: referrals.state, count: sql<number>`count(*)`.mapWith(Number) })
    .from(referrals)
    .groupBy(referrals.state),
);

/** One page of ids: what is held is listed by how long it waits, all of it by how new it is. */
const pageOf = (
  columns: SQL,
) => sql`(SELECT ${columns} FROM referrals WHERE ${sql.placeholder('state')} IN ('', state)
  ORDER BY CASE ${sql.placeholder('state')} WHEN 'held' THEN told_at ELSE -told_at END, id
  LIMIT ${sql.placeholder('limit')} OFFSET ${sql.placeholder('offset')})`;

export const listReferralPage = query((db) =>
  db
    .select({ ...referralColumns, ...personColumns })
    .from(referrals)
    .innerJoin(referrer, eq(referrer.id, referrals.referrerId))
    .innerJoin(friend, eq(friend.id, referrals.friendId))
    .where(sql`${referrals.id} IN ${pageOf(sql`id`)}`)
    .orderBy(
      sql`CASE ${sql.placeholder('state')} WHEN 'held' THEN ${referrals.toldAt} ELSE -${referrals.toldAt} END`,
      asc(referrals.id),
    ),
);

export const listPageSteps = query((db) =>
  db
    .select()
    .from(referralSteps)
    .where(sql`${referralSteps.referralId} IN ${pageOf(sql`id`)}`)
    .orderBy(asc(referralSteps.referralId), asc(referralSteps.seq)),
);

/** How much each of the two people ordered, and the companies and households they belong to, one a line. */
export const listPeopleOfReferral = query((db) =>
  db
    .select({
      customerId: customers.id,
      orders:
        sql<number>`(SELECT count(*) FROM orders WHERE orders.customer_id = customers.id AND orders.root_id IN (
        SELECT root_id FROM memberships JOIN accounts ON accounts.id = memberships.account_id
        WHERE memberships.customer_id = customers.id))`.mapWith(Number),
      places: sql<string | null>`(SELECT group_concat(accounts.name, char(10)) FROM memberships
        JOIN accounts ON accounts.id = memberships.account_id
        WHERE memberships.customer_id = customers.id AND accounts.kind = 'shared')`.mapWith(String),
    })
    .from(customers)
    .where(
      sql`${customers.id} IN (SELECT referrer_id FROM referrals WHERE id = ${id} UNION SELECT friend_id FROM referrals WHERE id = ${id})`,
    ),
);

/** Who of the business and which keys wrote steps of a referral, by what they are called. */
export const listStepActors = query((db) =>
  db
    .selectDistinct({
      actor: referralSteps.actor,
      name: sql<string>`coalesce(${staff.email}, ${apiKeys.name})`.mapWith(String),
    })
    .from(referralSteps)
    .leftJoin(staff, sql`${referralSteps.actor} = 'staff:' || ${staff.id}`)
    .leftJoin(apiKeys, sql`${referralSteps.actor} = 'key:' || ${apiKeys.id}`)
    .where(and(eq(referralSteps.referralId, id), sql`coalesce(${staff.email}, ${apiKeys.name}) IS NOT NULL`)),
);

/** What somebody recommended before a place, newest first. */
export const listReferralsBefore = query((db) =>
  db
    .select(referralColumns)
    .from(referrals)
    .where(
      sql`${referrals.referrerId} = ${customerId}
        AND (${referrals.toldAt}, ${referrals.id}) < (${sql.placeholder('toldAt')}, ${id})`,
    )
    .orderBy(desc(referrals.toldAt), desc(referrals.id))
    .limit(sql.placeholder('limit')),
);

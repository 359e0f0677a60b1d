import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import {
  customers,
  dropClaimEndings,
  dropClaims,
  dropClosings,
  dropGrants,
  drops,
  dropWindows,
} from '../../../../db/schema/index.ts';

/** Pieces that somebody has, and how many wait. */
const taken =
  sql<number>`(SELECT count(*) FROM drop_grants g WHERE g.drop_id = drops.id AND g.claim_id NOT IN (
  SELECT claim_id FROM drop_claim_endings WHERE drop_id = drops.id AND outcome <> 'collected'))`.mapWith(
    Number,
  );
const waiting = sql<number>`(SELECT count(*) FROM drop_claims c WHERE c.drop_id = drops.id
  AND c.id NOT IN (SELECT claim_id FROM drop_grants WHERE drop_id = drops.id)
  AND c.id NOT IN (SELECT claim_id FROM drop_claim_endings WHERE drop_id = drops.id))`.mapWith(Number);

const dropColumns = {
  id: drops.id,
  texts: drops.texts,
  sku: drops.sku,
  stock: drops.stock,
  closesAt: drops.closesAt,
  holdHours: drops.holdHours,
  segmentId: drops.segmentId,
  createdAt: drops.at,
  closedAt: dropClosings.at,
  closeReason: dropClosings.reason,
  taken,
  waiting,
};

export const findDrop = query((db) =>
  db
    .select(dropColumns)
    .from(drops)
    .leftJoin(dropClosings, eq(dropClosings.dropId, drops.id))
    .where(eq(drops.id, sql.placeholder('dropId'))),
);

/** The newest first; those that closed a while ago last. */
export const listNewestDrops = query((db) =>
  db
    .select(dropColumns)
    .from(drops)
    .leftJoin(dropClosings, eq(dropClosings.dropId, drops.id))
    .orderBy(desc(drops.closesAt), desc(drops.id))
    .limit(50),
);
export type DropRow = Awaited<ReturnType<typeof listNewestDrops>>[number];

export const listWindows = query((db) =>
  db
    .select()
    .from(dropWindows)
    .where(sql`${dropWindows.dropId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .orderBy(asc(dropWindows.opensAt)),
);

/** How many wait before a claim. */
const before = sql<number>`(SELECT count(*) FROM drop_claims c WHERE c.drop_id = drop_claims.drop_id
  AND c.seq < drop_claims.seq AND c.id NOT IN (SELECT claim_id FROM drop_grants WHERE drop_id = c.drop_id)
  AND c.id NOT IN (SELECT claim_id FROM drop_claim_endings WHERE drop_id = c.drop_id))`.mapWith(Number);

const claimColumns = {
  id: dropClaims.id,
  dropId: dropClaims.dropId,
  seq: dropClaims.seq,
  accountId: dropClaims.accountId,
  customerId: dropClaims.customerId,
  at: dropClaims.at,
  grantedAt: dropGrants.at,
  until: dropGrants.until,
  outcome: dropClaimEndings.outcome,
  before,
};

/** The claims of a root account. */
export const listClaimsOf = query((db) =>
  db
    .select(claimColumns)
    .from(dropClaims)
    .leftJoin(dropGrants, eq(dropGrants.claimId, dropClaims.id))
    .leftJoin(dropClaimEndings, eq(dropClaimEndings.claimId, dropClaims.id))
    .where(eq(dropClaims.accountId, sql.placeholder('accountId')))
    .orderBy(desc(dropClaims.at)),
);
export type ClaimRow = Awaited<ReturnType<typeof listClaimsOf>>[number];

export const findClaim = query((db) =>
  db
    .select(claimColumns)
    .from(dropClaims)
    .leftJoin(dropGrants, eq(dropGrants.claimId, dropClaims.id))
    .leftJoin(dropClaimEndings, eq(dropClaimEndings.claimId, dropClaims.id))
    .where(eq(dropClaims.id, sql.placeholder('claimId'))),
);

/** All claims of a drop in their order, with who made them. */
export const listClaims = query((db) =>
  db
    .select({
      ...claimColumns,
      email: customers.email,
      name: customers.name,
      memberNumber: customers.memberNumber,
    })
    .from(dropClaims)
    .innerJoin(customers, eq(customers.id, dropClaims.customerId))
    .leftJoin(dropGrants, eq(dropGrants.claimId, dropClaims.id))
    .leftJoin(dropClaimEndings, eq(dropClaimEndings.claimId, dropClaims.id))
    .where(eq(dropClaims.dropId, sql.placeholder('dropId')))
    .orderBy(asc(dropClaims.seq))
    .limit(1000),
);

/** Pieces that nobody fetched in time. */
export const listOverdueClaims = query((db) =>
  db
    .select({ id: dropGrants.claimId, accountId: dropClaims.accountId })
    .from(dropGrants)
    .innerJoin(dropClaims, eq(dropClaims.id, dropGrants.claimId))
    .leftJoin(dropClaimEndings, eq(dropClaimEndings.claimId, dropGrants.claimId))
    .where(
      and(
        sql`${dropGrants.until} <= ${sql.placeholder('now')}`,
        gt(dropGrants.claimId, sql.placeholder('after')),
        isNull(dropClaimEndings.claimId),
      ),
    )
    .orderBy(asc(dropGrants.claimId))
    .limit(100),
);

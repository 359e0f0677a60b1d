import { asc, eq, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { accounts, customers, redemptionHandovers, redemptions } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** Payouts and donations that were neither handed over nor taken back. */
export const owedRows = `SELECT id FROM redemptions WHERE kind IN ('payout', 'donation')
  AND NOT EXISTS (SELECT 1 FROM redemption_handovers WHERE redemption_id = redemptions.id)
  AND NOT EXISTS (SELECT 1 FROM reversals WHERE redemption_id = redemptions.id)`;

const listOwed = query((db) =>
  db
    .select({
      id: redemptions.id,
      kind: redemptions.kind,
      amountMinor: redemptions.amountMinor,
      currency: redemptions.currency,
      reference: redemptions.reference,
      at: redemptions.at,
      accountId: redemptions.accountId,
      accountName: accounts.name,
      customerId: customers.id,
      customerName: customers.name,
      customerEmail: customers.email,
    })
    .from(redemptions)
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(customers, sql`${customers.id} = coalesce(${redemptions.customerId}, ${accounts.ownerId})`)
    .where(sql`${redemptions.id} IN (${sql.raw(owedRows)})`)
    .orderBy(asc(redemptions.at), asc(redemptions.id))
    .limit(100),
);

/** A payout or donation whose money the business has yet to hand over. */
export type OwedRedemption = Awaited<ReturnType<typeof listOwed>>[number];

/** What was redeemed as a payout or donation and waits, oldest first. @throws {AppError} `forbidden`, `scope_missing` */
export async function listOwedRedemptions(ctx: Context): Promise<OwedRedemption[]> {
  allow(ctx.actor, 'redemptions:read');
  return listOwed(ctx.db);
}

const insertHandover = insertInto(redemptionHandovers);

const findOwed = query((db) =>
  db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(sql`${redemptions.id} = ${sql.placeholder('id')} AND ${redemptions.id} IN (${sql.raw(owedRows)})`),
);

/**
 * Says that the money of a payout or donation was handed over; said twice, it is said once. It can still be taken back
 * afterwards: a payout may come back from the bank.
 * @throws {AppError} `not_found` for what waits no longer, `forbidden`
 */
export async function handOver(ctx: Context, { redemptionId }: { redemptionId: string }): Promise<void> {
  allow(ctx.actor, 'redemptions:write');
  const [owed] = await findOwed(ctx.db.fresh, { id: redemptionId });
  if (owed === undefined) throw waitsNoLonger();
  try {
    await writeDecision(ctx, {
      rows: [insertHandover({ redemptionId, at: ctx.now(), actor: actorName(ctx.actor) })],
      audit: { kind: 'redemption.handed_over', subjectKind: 'redemption', subjectId: redemptionId },
    });
  } catch (error) {
    if (isConflictOn(error, 'redemption_reversed')) throw waitsNoLonger();
    if (!isConflictOn(error, 'redemption_handovers')) throw error;
  }
}

const waitsNoLonger = () => new AppError('not_found', 'There is no such redemption, or it waits no longer.');

import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOpenRequests } from './queries.ts';

/** Credit that a second person has to agree to. */
export interface CreditRequest {
  id: string;
  accountId: string;
  amount: { minor: bigint; currency: string };
  reason: string;
  at: number;
  /** Who asks. */
  by: string | null;
  customerId: string | null;
  /** Of the customer, or of the company or household. */
  name: string;
  /** Whether the reader may decide it. */
  isYours: boolean;
}

/** What waits for a second person, oldest first. @throws {AppError} `forbidden`, `scope_missing` */
export async function listCreditRequests(ctx: Context): Promise<CreditRequest[]> {
  allow(ctx.actor, 'redemptions:read');
  const { actor } = ctx;
  const rows = await listOpenRequests(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    accountId: row.accountId,
    amount: { minor: row.amountMinor, currency: row.currency },
    reason: row.reason,
    at: row.at,
    by: row.by,
    customerId: row.customerId,
    name: row.customerName ?? row.customerEmail ?? row.accountName,
    isYours: actor.kind === 'staff' && mayDecide(actor.role) && actor.id !== row.staffId,
  }));
}

/** Managers and owners are second persons. */
const mayDecide = (role: string): boolean => role === 'owner' || role === 'manager';

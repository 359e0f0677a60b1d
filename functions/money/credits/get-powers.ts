import { and, eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { creditDays } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../business/business.ts';
import { type CreditLimits, limitsOf } from './limits.ts';

/** What somebody may give by hand alone, in minor units of the business's currency. */
export interface Powers {
  currency: string;
  /** Null for who sets the limits. */
  limits: CreditLimits | null;
  /** What is left of today's; null where there is no limit. */
  left: bigint | null;
}

const findMoved = queryOne((db) =>
  db
    .select({ moved: sql<bigint>`${creditDays.movedMinor}`.mapWith(BigInt) })
    .from(creditDays)
    .where(
      and(eq(creditDays.staffId, sql.placeholder('staffId')), eq(creditDays.day, sql.placeholder('day'))),
    ),
);

/** Of who asks; null for who is not of the team or may give nothing, and without a currency. */
export async function getPowers(ctx: Context): Promise<Powers | null> {
  const { actor, db } = ctx;
  if (actor.kind !== 'staff' || actor.role === 'analyst') return null;
  const business = await getBusiness(ctx);
  if (business.currency === null) return null;
  const limits = limitsOf(business, actor.role);
  if (limits === null) return { currency: business.currency, limits, left: null };
  const today = dayOf(ctx.now(), business.timeZone);
  const moved = await findMoved(db, { staffId: actor.id, day: today });
  const left = limits.day - (moved?.moved ?? 0n);
  return { currency: business.currency, limits, left: left > 0n ? left : 0n };
}

/** Of each role that may give; nothing without a currency. @throws {AppError} `forbidden`, `scope_missing` */
export async function listPowers(
  ctx: Context,
): Promise<{ role: 'agent' | 'manager' | 'owner'; currency: string; limits: CreditLimits | null }[]> {
  allow(ctx.actor, 'feedback:read');
  const business = await getBusiness(ctx);
  const { currency } = business;
  if (currency === null) return [];
  const roles = ['agent', 'manager', 'owner'] as const;
  return roles.map((role) => ({ role, currency, limits: limitsOf(business, role) }));
}

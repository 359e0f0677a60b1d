import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { replyHours } from '../../voice/feedback/policies.ts';
import { listStandardRows, type StandardRow } from './queries.ts';

/** The standards that hold, and what holds where none fits, in business hours. */
export interface Standards {
  items: StandardRow[];
  otherwise: number;
}

/** @throws {AppError} `forbidden`, `scope_missing` */
export async function listStandards(ctx: Context): Promise<Standards> {
  allow(ctx.actor, 'feedback:read');
  const [items, business] = await Promise.all([listStandardRows(ctx.db), getBusiness(ctx)]);
  return { items, otherwise: policyOf(business, replyHours) };
}

import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { whoAssigns } from './policies.ts';

/** Whether whoever acts may give accounts into somebody's hands. */
export async function mayAssign(ctx: Context): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') return actor.kind !== 'customer' && actor.kind !== 'anonymous';
  if (actor.role === 'agent') return policyOf(await getBusiness(ctx), whoAssigns) === 'team';
  return actor.role !== 'analyst';
}

/** @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing` */
export async function allowAssigning(ctx: Context): Promise<void> {
  allow(ctx.actor, 'customers:write');
  if (!(await mayAssign(ctx)))
    throw new AppError('forbidden', 'Only owners and managers give customers an account manager here.');
}

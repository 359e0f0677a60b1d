import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { findWait } from './limits.ts';
import { anonymousFeedback } from './policies.ts';

/**
 * Whether files of somebody who is not signed in would be refused, before they are read: where the business takes nothing
 * unnamed, nothing keeps files, or the limits are reached. Null when they may come.
 */
export async function mayNotUpload(ctx: Context, client: string): Promise<{ retry_after_s: number } | null> {
  const isClosed = policyOf(await getBusiness(ctx), anonymousFeedback) === 'off';
  return isClosed ? { retry_after_s: 3600 } : findWait(ctx, client);
}

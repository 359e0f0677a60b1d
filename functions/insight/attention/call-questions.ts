import { allow, allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf, setPolicy } from '../../money/business/policies.ts';
import { type CallQuestion, readCallQuestions } from './call-sheet.ts';
import { callQuestions } from './policies.ts';

/** What the call sheet asks, in its order. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listCallQuestions(ctx: Context): Promise<CallQuestion[]> {
  allow(ctx.actor, 'customers:read');
  return readCallQuestions(policyOf(await getBusiness(ctx), callQuestions)) ?? [];
}

/**
 * Asks these from now on, in this order; what was answered before keeps the question as it was asked. What is left out is asked
 * no more. @throws {AppError} `forbidden`, `validation_failed`
 */
export async function setCallQuestions(ctx: Context, questions: readonly CallQuestion[]): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  await setPolicy(ctx, callQuestions.key, JSON.stringify(questions));
}

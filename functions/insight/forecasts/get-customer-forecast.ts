import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { resolveRoot } from '../../money/accounts/places.ts';
import { type ForecastAnswer, toForecastAnswer } from './answer.ts';
import { getForecast } from './get-forecast.ts';

/**
 * What is to be expected of a customer's only account, or of the one named; of a department's, its root account.
 * @throws {AppError} `not_found`, `account_required`, `forbidden`
 */
export async function getCustomerForecast(
  ctx: Context,
  { customerId, accountId = null }: { customerId: string; accountId?: string | null | undefined },
): Promise<ForecastAnswer> {
  allow(ctx.actor, 'customers:read');
  const rootId = await resolveRoot(ctx.db, customerId, accountId);
  return toForecastAnswer(await getForecast(ctx, { accountId: rootId }));
}

import type { Context } from '../../../ground/platform/context.ts';
import { assertWithin, countTries, limitOn } from '../../../ground/platform/limits.ts';

/** Five codes within any quarter of an hour and thirty a day, counted before they are looked at. @throws {AppError} `too_many_requests` */
export async function assertFactorTry(ctx: Context, staffId: string): Promise<void> {
  const { secret } = ctx.config;
  const limits = [limitOn(secret, 'factor', staffId), limitOn(secret, 'factor_per_day', staffId)];
  assertWithin(await countTries(ctx.db, limits, ctx.now()));
}

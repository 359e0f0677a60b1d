import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { signatureOf } from '../platform/ids.ts';
import { countTry } from '../platform/rate-limit.ts';

const HOUR_MS = 3_600_000;

/** How often an hour one customer, or one group of addresses of whom nobody knows, may write. */
const limits = { customer: 30, client: 10 } as const;

/** @throws {AppError} `too_many_requests` */
export async function assertMayWrite(
  ctx: Context,
  who: { kind: keyof typeof limits; subject: string },
): Promise<void> {
  const key = `feedback:${signatureOf(ctx.config.secret, `limit:${who.kind}:${who.subject}`)}`;
  const tried = await countTry(ctx.db, { key, window_ms: HOUR_MS, max: limits[who.kind], now: ctx.now() });
  if (tried.ok) return;
  throw new AppError('too_many_requests', 'That was a lot at once. Please wait a little.', {
    retry_after_s: tried.retry_after_s,
  });
}

import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { signatureOf } from '../../ground/platform/ids.ts';
import { type Limit, readTry, tryStatements } from '../../ground/platform/rate-limit.ts';

const MIB = 1024 * 1024;

/**
 * What one customer may ask for: so many returns an hour, each of which is mail and work for the business, and files of so many
 * MiB begun a day. Counted before anything is kept. Staff and keys are not counted.
 * @throws {AppError} `too_many_requests`
 */
export async function assertMayAsk(
  { db, actor, config, now }: Context,
  { bytes }: { bytes: number },
): Promise<void> {
  if (actor.kind !== 'customer') return;
  const keyOf = (kind: string) => `return:${signatureOf(config.secret, `limit:${kind}:${actor.id}`)}`;
  const limits: Limit[] = [{ key: keyOf('asked'), window_ms: HOUR_MS, max: 30 }];
  if (bytes > 0)
    limits.push({ key: keyOf('files'), window_ms: DAY_MS, max: 150, cost: Math.ceil(bytes / MIB) });
  const at = now();
  const rows = await db.write(tryStatements(limits, at));
  const over = limits.map((limit, index) => readTry(rows[index], limit, at)).find(({ ok }) => !ok);
  if (over !== undefined)
    throw new AppError('too_many_requests', 'That was a lot at once. Please wait a little.', {
      retry_after_s: over.retry_after_s,
    });
}

import type { Store } from '../../db/store.ts';
import { AppError } from '../platform/errors.ts';
import { signatureOf } from '../platform/ids.ts';
import { type Limit, readTry, type Tried, tryStatement } from '../platform/rate-limit.ts';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

type Limited =
  | 'mail_to'
  | 'mail_to_by_client'
  | 'mail_by_client'
  | 'mail_by_customer'
  | 'change_to'
  | 'invitations'
  | 'invitations_to'
  | 'code'
  | 'code_per_day'
  | 'factor'
  | 'factor_per_day';

/**
 * What each thing may be done how often. Codes of one email: ten within any quarter of an hour, forty a day. What one
 * client asks for an address uses up nobody else's: only many clients together reach `mail_to`, and then the address
 * has forty mails, each of which signs its owner in. Mail that signs nobody in is counted apart from it.
 */
const limits: Record<Limited, Omit<Limit, 'key'>> = {
  mail_to: { window_ms: 4 * QUARTER_MS, max: 40 },
  mail_to_by_client: { window_ms: QUARTER_MS, max: 5 },
  mail_by_client: { window_ms: QUARTER_MS, max: 20 },
  mail_by_customer: { window_ms: QUARTER_MS, max: 5 },
  change_to: { window_ms: 4 * QUARTER_MS, max: 10 },
  invitations: { window_ms: DAY_MS, max: 20 },
  invitations_to: { window_ms: DAY_MS, max: 5 },
  code: { window_ms: QUARTER_MS, max: 10, counts_from: 'last_try' },
  code_per_day: { window_ms: DAY_MS, max: 40 },
  factor: { window_ms: QUARTER_MS, max: 5, counts_from: 'last_try' },
  factor_per_day: { window_ms: DAY_MS, max: 30 },
};

/** The limit on one subject; it is hashed under SECRET, so that the counters hold no personal data. */
export function limitOn(secret: string, what: Limited, subject: string): Limit {
  return { ...limits[what], key: `${what}:${signatureOf(secret, `limit:${subject}`)}` };
}

/** Counts one try against each of the limits at once. */
export async function countTries(db: Store, tried: readonly Limit[], now: number): Promise<Tried[]> {
  const rows = await db.write(tried.map((limit) => tryStatement(limit, now)));
  return tried.map((limit, index) => readTry(rows[index], limit, now));
}

/** @throws {AppError} `too_many_requests` when any of the tries was one too many */
export function assertWithin(tries: readonly Tried[]): void {
  const retry_after_s = Math.max(0, ...tries.map((tried) => tried.retry_after_s));
  if (tries.some((tried) => !tried.ok)) {
    throw new AppError('too_many_requests', 'That was tried too often. Please wait a little.', {
      retry_after_s,
    });
  }
}

import type { Store } from '../../../db/store.ts';
import { DAY_MS, HOUR_MS } from './calendar.ts';
import { AppError } from './errors.ts';
import { signatureOf } from './ids.ts';
import { type Limit, readTry, type Tried, tryStatements } from './rate-limit.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * What each thing may be done how often. An address is written to, and codes of it are looked at, from three pools: one
 * for everybody; a reserve of which each network gets a little, for who comes from elsewhere than an attack; and one for
 * browsers that have signed in with it before, which nobody else can use up. Mail that signs nobody in is counted apart.
 */
const limits = {
  mail_to: { window_ms: HOUR_MS, max: 20 },
  mail_to_reserve: { window_ms: HOUR_MS, max: 20 },
  mail_to_reserve_by_network: { window_ms: HOUR_MS, max: 2 },
  mail_to_known: { window_ms: HOUR_MS, max: 10 },
  mail_to_by_client: { window_ms: QUARTER_MS, max: 5 },
  mail_by_client: { window_ms: QUARTER_MS, max: 20 },
  mail_by_customer: { window_ms: QUARTER_MS, max: 5 },
  mail_test: { window_ms: HOUR_MS, max: 5 },
  campaign_test: { window_ms: HOUR_MS, max: 10 },
  change_to: { window_ms: HOUR_MS, max: 10 },
  change_code: { window_ms: DAY_MS, max: 20 },
  invitations: { window_ms: DAY_MS, max: 20 },
  invitations_to: { window_ms: DAY_MS, max: 5 },
  code: { window_ms: QUARTER_MS, max: 10, counts_from: 'last_try' },
  code_per_day: { window_ms: DAY_MS, max: 40 },
  code_reserve: { window_ms: DAY_MS, max: 40 },
  code_reserve_by_network: { window_ms: DAY_MS, max: 3 },
  code_reserve_by_client: { window_ms: DAY_MS, max: 3 },
  code_known: { window_ms: QUARTER_MS, max: 10, counts_from: 'last_try' },
  code_known_per_day: { window_ms: DAY_MS, max: 40 },
  code_by_client: { window_ms: QUARTER_MS, max: 20, counts_from: 'last_try' },
  code_by_client_per_day: { window_ms: DAY_MS, max: 100 },
  code_by_all: { window_ms: HOUR_MS, max: 300 },
  passkey_by_client: { window_ms: QUARTER_MS, max: 30 },
  factor: { window_ms: QUARTER_MS, max: 5, counts_from: 'last_try' },
  factor_per_day: { window_ms: DAY_MS, max: 30 },
  own_data: { window_ms: HOUR_MS, max: 5 },
  data_of_customers: { window_ms: HOUR_MS, max: 20 },
  receipt: { window_ms: QUARTER_MS, max: 10, counts_from: 'last_try' },
  receipt_per_day: { window_ms: DAY_MS, max: 60 },
  track_by_client: { window_ms: QUARTER_MS, max: 10 },
  track_by_network: { window_ms: HOUR_MS, max: 100 },
  track_mail_by_client: { window_ms: QUARTER_MS, max: 3 },
  track_mail: { window_ms: HOUR_MS, max: 5 },
  track_mail_reserve_by_network: { window_ms: HOUR_MS, max: 1 },
  track_mail_reserve: { window_ms: HOUR_MS, max: 5 },
  track_code_by_client: { window_ms: QUARTER_MS, max: 10, counts_from: 'last_try' },
  track_code_by_network: { window_ms: HOUR_MS, max: 100 },
  track_code: { window_ms: DAY_MS, max: 20, counts_from: 'last_try' },
  track_code_reserve_by_network: { window_ms: DAY_MS, max: 3 },
  track_code_reserve: { window_ms: DAY_MS, max: 20 },
} as const satisfies Record<string, Omit<Limit, 'key'>>;

/** The limit on one subject; it is hashed under SECRET, so that the counters hold no personal data. */
export function limitOn(secret: string, what: keyof typeof limits, subject: string): Limit {
  return { ...limits[what], key: `${what}:${signatureOf(secret, `limit:${subject}`)}` };
}

/** Counts one try against the limits in their order, at once; against none behind one that has no room. */
export async function countTries(db: Store, tried: readonly Limit[], now: number): Promise<Tried[]> {
  const rows = await db.write(tryStatements(tried, now));
  return tried.map((limit, index) => readTry(rows[index], limit, now));
}

/** @throws {AppError} `too_many_requests` when any of the tries was one too many */
export function assertWithin(tries: readonly Tried[]): void {
  if (tries.some((tried) => !tried.ok)) throw tooOften(tries);
}

export function tooOften(tries: readonly Tried[]): AppError {
  const retry_after_s = Math.max(0, ...tries.map((tried) => tried.retry_after_s));
  return new AppError('too_many_requests', 'That was tried too often. Please wait a little.', {
    retry_after_s,
  });
}

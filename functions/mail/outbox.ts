import { statement } from '../../db/query.ts';
import type { Row, Statement, Store } from '../../db/store.ts';
import type { OutboxMail } from './compose-mail.ts';

/** Longer than a send may take, so that a mail is in one hand at a time. */
const LEASE_MS = 60_000;
/** Two a second is what the provider allows, over all processes together. */
const SPACING_MS = 500;
/** A turn further ahead means that the provider asked to be left alone; nobody waits for it in memory. */
const QUEUE_MS_MAX = 10_000;
/** The longest that a provider's word keeps everybody from sending; a turn beyond it is a clock set back. */
const PAUSE_MS_MAX = 3_600_000;

/** A mail that this process alone may send until its lease is over; `tries` tells the lease from a later one. */
export interface Leased extends OutboxMail {
  id: string;
  /** When the provider was first asked to take it. */
  firstTryAt: number;
  tries: number;
  rendered: string | null;
  /** The moment from which it may be sent. */
  slot: number;
}

const isWaiting = 'sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL';
const isDue = `${isWaiting} AND next_try_at <= ?`;
const isPaused = `EXISTS (SELECT 1 FROM rate_limits WHERE key = 'mail' AND window_start - ? BETWEEN ${QUEUE_MS_MAX} AND ${PAUSE_MS_MAX})`;

const reserveSlot = `INSERT INTO rate_limits (key, window_start, tries) SELECT 'mail', ?, 1
  WHERE EXISTS (SELECT 1 FROM outbox WHERE ${isDue}) AND NOT ${isPaused}
  ON CONFLICT (key) DO UPDATE SET window_start = CASE WHEN window_start - excluded.window_start > ${PAUSE_MS_MAX}
    THEN excluded.window_start ELSE max(excluded.window_start, window_start + ?) END
  RETURNING window_start`;

const lease = `UPDATE outbox SET next_try_at = ?, tries = tries + 1, first_try_at = coalesce(first_try_at, ?)
  WHERE id = (SELECT id FROM outbox WHERE ${isDue} ORDER BY next_try_at LIMIT 1) AND NOT ${isPaused}
  RETURNING id, template, params, customer_id, address, language, first_try_at, tries, rendered`;

/** Takes the mail that is due first, together with its turn at the provider. */
export async function leaseMail(db: Store, now: number): Promise<Leased | null> {
  const [slots, leased] = await db.write([
    statement(reserveSlot, now, now, now, SPACING_MS),
    statement(lease, now + LEASE_MS, now, now, now),
  ]);
  const row = leased?.[0];
  return row === undefined ? null : readLeased(row, Number(slots?.[0]?.[0] ?? now));
}

/** Keeps what is about to be sent and returns what was kept first. */
export async function keepRendered(
  db: Store,
  mail: Leased,
  { rendered, letter }: { rendered: string; letter: string },
): Promise<string> {
  const [rows] = await db.write([
    statement(
      `UPDATE outbox SET letter = CASE WHEN rendered IS NULL THEN ? ELSE letter END, rendered = coalesce(rendered, ?)
       WHERE id = ? RETURNING rendered`,
      letter,
      rendered,
      mail.id,
    ),
  ]);
  return String(rows?.[0]?.[0] ?? rendered);
}

export function markSent(mail: Leased, providerId: string, now: number): Statement {
  return statement(
    `UPDATE outbox SET sent_at = ?, provider_id = ?, rendered = NULL, failed_at = NULL, failure = NULL
     WHERE id = ? AND sent_at IS NULL`,
    now,
    providerId,
    mail.id,
  );
}

/** A person has to look. */
export function markFailed(mail: Leased, reason: string, now: number): Statement {
  return statement(
    `UPDATE outbox SET failed_at = ?, failure = ? WHERE id = ? AND tries = ? AND ${isWaiting}`,
    now,
    reason,
    mail.id,
    mail.tries,
  );
}

/** Not sent, as was decided. */
export function markWithheld(mail: Leased, reason: string, now: number): Statement {
  return statement(
    `UPDATE outbox SET withheld_at = ?, failure = ?, rendered = NULL WHERE id = ? AND tries = ? AND ${isWaiting}`,
    now,
    reason,
    mail.id,
    mail.tries,
  );
}

export function postpone(mail: Leased, nextTryAt: number, reason: string): Statement {
  return statement(
    `UPDATE outbox SET next_try_at = ?, failure = ? WHERE id = ? AND tries = ? AND ${isWaiting}`,
    nextTryAt,
    reason,
    mail.id,
    mail.tries,
  );
}

/** Keeps every process from sending before `until`, at most an hour on. */
export function pauseAll(until: number, now: number): Statement {
  const turn = Math.min(until, now + PAUSE_MS_MAX);
  return statement(
    `INSERT INTO rate_limits (key, window_start, tries) VALUES ('mail', ?, 1)
     ON CONFLICT (key) DO UPDATE SET window_start = max(window_start, excluded.window_start)`,
    turn,
  );
}

/** Everything due goes to the mailbox page at once. */
export function markAllShown(now: number): Statement {
  return statement(`UPDATE outbox SET sent_at = ?, provider_id = 'mailbox' WHERE ${isDue}`, now, now);
}

function readLeased(row: Row, slot: number): Leased {
  const [id, template, params, customerId, address, language, firstTryAt, tries, rendered] = row;
  const text = (value: Row[number] | undefined) => (typeof value === 'string' ? value : null);
  return {
    id: String(id),
    template: String(template),
    params: String(params),
    customerId: text(customerId),
    address: text(address),
    language: text(language),
    firstTryAt: Number(firstTryAt),
    tries: Number(tries),
    rendered: text(rendered),
    slot,
  };
}

import { statement } from '../../db/query.ts';
import type { Row, Statement, Store } from '../../db/store.ts';
import type { OutboxMail } from './compose-mail.ts';

/** Longer than a send may take, so that a mail is in one hand at a time. */
const LEASE_MS = 60_000;
/** Two a second is what the provider allows, over all processes together. */
const SPACING_MS = 500;

/** A mail that this process alone may send until its lease is over; `tries` tells the lease from a later one. */
export interface Leased extends OutboxMail {
  id: string;
  createdAt: number;
  tries: number;
  rendered: string | null;
  /** The moment from which it may be sent. */
  slot: number;
}

const isDue = 'sent_at IS NULL AND failed_at IS NULL AND next_try_at <= ?';

const reserveSlot = `INSERT INTO rate_limits (key, window_start, tries) SELECT 'mail', ?, 1
  WHERE EXISTS (SELECT 1 FROM outbox WHERE ${isDue})
  ON CONFLICT (key) DO UPDATE SET window_start = CASE WHEN window_start - excluded.window_start > 10000
    THEN excluded.window_start ELSE max(excluded.window_start, window_start + ?) END
  RETURNING window_start`;

const lease = `UPDATE outbox SET next_try_at = ?, tries = tries + 1
  WHERE id = (SELECT id FROM outbox WHERE ${isDue} ORDER BY next_try_at LIMIT 1)
  RETURNING id, template, params, customer_id, address, language, created_at, tries, rendered`;

/** Takes the mail that is due first, together with its turn at the provider. */
export async function leaseMail(db: Store, now: number): Promise<Leased | null> {
  const [slots, leased] = await db.write([
    statement(reserveSlot, now, now, SPACING_MS),
    statement(lease, now + LEASE_MS, now),
  ]);
  const row = leased?.[0];
  return row === undefined ? null : readLeased(row, Number(slots?.[0]?.[0] ?? now));
}

/** Keeps what is about to be sent and returns what was kept first. */
export async function keepRendered(db: Store, mail: Leased, rendered: string): Promise<string> {
  const [rows] = await db.write([
    statement(
      'UPDATE outbox SET rendered = coalesce(rendered, ?) WHERE id = ? RETURNING rendered',
      rendered,
      mail.id,
    ),
  ]);
  return String(rows?.[0]?.[0] ?? rendered);
}

export function markSent(mail: Leased, providerId: string, now: number): Statement {
  return statement(
    'UPDATE outbox SET sent_at = ?, provider_id = ?, rendered = NULL WHERE id = ? AND sent_at IS NULL',
    now,
    providerId,
    mail.id,
  );
}

export function markFailed(mail: Leased, reason: string, now: number): Statement {
  return statement(
    'UPDATE outbox SET failed_at = ?, failure = ? WHERE id = ? AND tries = ? AND sent_at IS NULL',
    now,
    reason,
    mail.id,
    mail.tries,
  );
}

export function postpone(mail: Leased, nextTryAt: number, reason: string): Statement {
  return statement(
    'UPDATE outbox SET next_try_at = ?, failure = ? WHERE id = ? AND tries = ? AND sent_at IS NULL',
    nextTryAt,
    reason,
    mail.id,
    mail.tries,
  );
}

/** Everything due goes to the mailbox page at once. */
export function markAllShown(now: number): Statement {
  return statement(`UPDATE outbox SET sent_at = ?, provider_id = 'mailbox' WHERE ${isDue}`, now, now);
}

function readLeased(row: Row, slot: number): Leased {
  const [id, template, params, customerId, address, language, createdAt, tries, rendered] = row;
  const text = (value: Row[number] | undefined) => (typeof value === 'string' ? value : null);
  return {
    id: String(id),
    template: String(template),
    params: String(params),
    customerId: text(customerId),
    address: text(address),
    language: text(language),
    createdAt: Number(createdAt),
    tries: Number(tries),
    rendered: text(rendered),
    slot,
  };
}

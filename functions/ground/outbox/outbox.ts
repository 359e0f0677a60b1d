import { statement } from '../../../db/query.ts';
import { mailUrgencies } from '../../../db/schema/operations.ts';
import type { Row, Statement, Store } from '../../../db/store.ts';

/** A row of the outbox as far as its text depends on it. */
export interface OutboxMail {
  template: string;
  params: string;
  customerId: string | null;
  address: string | null;
  language: string | null;
}

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
}

const isWaiting = 'sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL';

/** The mail that goes next at the moment `?1`: of the most urgent that are due, which waited longest. One seek for each urgency. */
const next = `coalesce(${mailUrgencies
  .map(
    (urgency) => `(SELECT id FROM outbox WHERE urgency = '${urgency}' AND ${isWaiting} AND next_try_at <= ?1
      ORDER BY next_try_at LIMIT 1)`,
  )
  .join(', ')})`;

/** Whether the last turn is further ahead than those who queue in memory put it. */
const isPaused = (queue_ms: number) =>
  `EXISTS (SELECT 1 FROM rate_limits WHERE key = 'mail' AND window_start - ?1 BETWEEN ${queue_ms} AND ${PAUSE_MS_MAX})`;

const reserveTurn = `INSERT INTO rate_limits (key, window_start, tries) SELECT 'mail', ?1, 1
  WHERE ${next} IS NOT NULL AND NOT ${isPaused(QUEUE_MS_MAX)}
  ON CONFLICT (key) DO UPDATE SET window_start = CASE WHEN window_start - excluded.window_start > ${PAUSE_MS_MAX}
    THEN excluded.window_start ELSE max(excluded.window_start, window_start + ${SPACING_MS}) END
  RETURNING window_start`;

const takeIt = `UPDATE outbox SET next_try_at = ?1 + ${LEASE_MS}, tries = tries + 1, first_try_at = coalesce(first_try_at, ?1)`;
const asLeased =
  'RETURNING id, template, params, customer_id, address, language, first_try_at, tries, rendered';
const lease = `${takeIt} WHERE id = ${next} AND NOT ${isPaused(QUEUE_MS_MAX + SPACING_MS + 1)} ${asLeased}`;
const leaseById = `${takeIt} WHERE id = ?2 AND ${isWaiting} AND next_try_at <= ?1 ${asLeased}`;

/**
 * Takes a turn at the provider, the moment from which one mail may be sent; null when nothing is due or the provider asked
 * to be left alone. Which mail it will be is decided at that moment by {@link leaseMail}, so that one that comes
 * meanwhile and is more urgent takes the turn.
 */
export async function takeTurn(db: Store, now: number): Promise<number | null> {
  const [turns] = await db.write([statement(reserveTurn, now)]);
  const turn = turns?.[0]?.[0];
  return turn === undefined ? null : Number(turn);
}

/** Takes the most urgent mail that is due; null when others took what there was. */
export async function leaseMail(db: Store, now: number): Promise<Leased | null> {
  const [leased] = await db.write([statement(lease, now)]);
  const row = leased?.[0];
  return row === undefined ? null : readLeased(row);
}

/** Takes one certain mail, out of its turn; null when it is in another hand. */
export async function leaseThis(db: Store, id: string, now: number): Promise<Leased | null> {
  const [leased] = await db.write([statement(leaseById, now, id)]);
  const row = leased?.[0];
  return row === undefined ? null : readLeased(row);
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
export function markWithheld(mail: Pick<Leased, 'id' | 'tries'>, reason: string, now: number): Statement {
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
  return statement(
    `UPDATE outbox SET sent_at = ?, provider_id = 'mailbox' WHERE ${isWaiting} AND next_try_at <= ?`,
    now,
    now,
  );
}

function readLeased(row: Row): Leased {
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
  };
}

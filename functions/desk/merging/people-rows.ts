import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { newId } from '../../ground/platform/ids.ts';
import { endSessions } from '../../people/sign-in/end-sessions.ts';
import { endWaitingChanges } from '../../people/sign-in/end-waiting-changes.ts';
import { endPasskeys } from '../../people/sign-in/passkeys/passkey-rows.ts';
import type { TwoCustomers } from './find-pair.ts';
import type { KeptMerge, MergedPerson } from './queries.ts';

/** Who survives, who goes into them, when, by whom. */
export interface Pair {
  id: string;
  survivor: MergedPerson & { rootId: string };
  merged: MergedPerson;
  now: number;
  actor: string;
}

/** What the survivor had not told, and the other had. */
export const fillable = ['name', 'phone', 'address', 'birthYear', 'language'] as const;
const columns = {
  name: 'name',
  phone: 'phone',
  address: 'address',
  birthYear: 'birth_year',
  language: 'language',
} as const;

export function filledBy({ survivor, merged }: TwoCustomers): string[] {
  return fillable.filter((field) => survivor[field] === null && merged[field] !== null);
}

/**
 * What was the merged person's becomes the survivor's: addresses, keys of sources, places in companies and households,
 * what they told. Where both told something, the survivor's word counts; of the consent to news the newer one.
 */
export function mergePeople(pair: Pair): Statement[] {
  const { survivor, merged, now } = pair;
  return [
    ...followAddresses(pair),
    ...followPlaces(pair),
    ...filledBy(pair).map((field) => fill(pair, field)),
    ...keepRows(
      pair,
      'profile_answers',
      'question',
      'question NOT IN (SELECT question FROM profile_answers WHERE customer_id = ?)',
      [survivor.id],
    ),
    statement(
      `INSERT INTO profile_answers (customer_id, question, answer, at) SELECT ?, question, answer, at FROM profile_answers
       WHERE customer_id = ? ON CONFLICT DO NOTHING`,
      survivor.id,
      merged.id,
    ),
    copyConsent(pair),
    statement(
      `INSERT INTO customer_notes (id, customer_id, text, at, actor)
       SELECT lower(hex(randomblob(16))), ?, text, at, actor FROM customer_notes WHERE customer_id = ?`,
      survivor.id,
      merged.id,
    ),
    ...followFeedback(pair),
    endSessions('customer', merged.id, null),
    endPasskeys({ kind: 'customer', id: merged.id }),
    ...endWaitingChanges(merged.id, now),
    statement(
      `UPDATE sign_in_challenges SET consumed_at = ? WHERE subject_id = ? AND consumed_at IS NULL`,
      now,
      merged.id,
    ),
  ];
}

function fill({ survivor, merged }: Pair, field: string): Statement {
  const known = fillable.find((one) => one === field) ?? 'name';
  const column = columns[known];
  return statement(
    `UPDATE customers SET ${column} = (SELECT ${column} FROM customers WHERE id = ?) WHERE id = ? AND ${column} IS NULL`,
    merged.id,
    survivor.id,
  );
}

/** Remembers which rows of the merged person a merge moves. */
function keepRows(
  { id, merged }: Pair,
  table: string,
  key: string,
  where = 'TRUE',
  values: string[] = [],
): Statement[] {
  return [
    statement(
      `INSERT INTO customer_merge_rows (merge_id, kind, row_key) SELECT ?, ?, ${key} FROM ${table}
       WHERE customer_id = ? AND ${where}`,
      id,
      table,
      merged.id,
      ...values,
    ),
  ];
}

const keyPair = 'json_array(source, key)';

function followAddresses(pair: Pair): Statement[] {
  const { id, survivor, merged, now } = pair;
  const follow = (table: string) =>
    statement(`UPDATE ${table} SET customer_id = ? WHERE customer_id = ?`, survivor.id, merged.id);
  const own =
    merged.email === null
      ? []
      : [
          statement(
            `INSERT INTO former_emails (email, customer_id, until, merge_id) VALUES (?, ?, ?, ?)
             ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id, until = excluded.until,
             merge_id = excluded.merge_id`,
            ...[merged.email, survivor.id, now, id],
          ),
        ];
  return [
    ...keepRows(pair, 'customer_keys', keyPair),
    follow('customer_keys'),
    ...keepRows(pair, 'former_emails', 'email'),
    follow('former_emails'),
    statement('UPDATE customers SET email = NULL, withdrawn_at = ? WHERE id = ?', now, merged.id),
    ...own,
  ];
}

/** A place in a company or household that the survivor has not goes to them as it is. */
function followPlaces(pair: Pair): Statement[] {
  const { survivor, merged, now } = pair;
  const others = `until IS NULL AND account_id NOT IN (SELECT id FROM accounts WHERE owner_id = ?)`;
  return [
    ...keepRows(pair, 'memberships', 'account_id', others, [merged.id]),
    statement(
      `INSERT INTO customer_merge_rows (merge_id, kind, row_key) SELECT ?, 'new_memberships', account_id FROM memberships
       WHERE customer_id = ? AND ${others} AND account_id NOT IN
         (SELECT account_id FROM memberships WHERE customer_id = ? AND until IS NULL)`,
      ...[pair.id, merged.id, merged.id, survivor.id],
    ),
    statement(
      `INSERT INTO memberships (account_id, customer_id, since, role, may_redeem)
       SELECT account_id, ?, since, role, may_redeem FROM memberships WHERE customer_id = ? AND ${others}
       ON CONFLICT (account_id, customer_id) DO UPDATE SET until = NULL`,
      ...[survivor.id, merged.id, merged.id],
    ),
    statement(
      `UPDATE memberships SET until = ? WHERE customer_id = ? AND ${others}`,
      ...[now, merged.id, merged.id],
    ),
  ];
}

const newestNews = (place: string) =>
  `(SELECT max(id) FROM consents WHERE customer_id = ${place} AND kind = 'news')`;

/** The newer word about news is the survivor's, by when it was said; of two said at once it is no. */
function copyConsent({ survivor, merged, now, actor }: Pair): Statement {
  return statement(
    `INSERT INTO consents (id, customer_id, kind, is_given, version, source, basis, at, actor)
     SELECT ?, ?, said.kind, said.is_given, said.version, said.source, said.basis, ?, ?
     FROM consents AS said LEFT JOIN consents AS own ON own.id = ${newestNews('?')}
     WHERE said.id = ${newestNews('?')} AND said.is_given IS NOT own.is_given
       AND (own.at IS NULL OR said.at > own.at OR (said.at = own.at AND said.is_given = 0))`,
    ...[newId(), survivor.id, now, actor, survivor.id, merged.id],
  );
}

function followFeedback(pair: Pair): Statement[] {
  const { survivor, merged } = pair;
  return [
    ...keepRows(pair, 'feedback', 'id'),
    statement(
      `UPDATE feedback SET customer_id = ?, account_id = CASE WHEN root_id = ? THEN ? ELSE account_id END,
       root_id = CASE WHEN root_id = ? THEN ? ELSE root_id END WHERE customer_id = ?`,
      ...[survivor.id, merged.rootId, survivor.rootId, merged.rootId, survivor.rootId, merged.id],
    ),
  ];
}

const rowsOf = (kind: string) =>
  `(SELECT row_key FROM customer_merge_rows WHERE merge_id = ? AND kind = '${kind}')`;

/** The rows of a merge go back to whom they were of, unless they have become somebody else's since. */
export function splitPeople(merge: KeptMerge, { now, actor }: { now: number; actor: string }): Statement[] {
  const { id, survivorId, mergedId, survivorRootId, mergedRootId } = merge;
  const back = (table: string, key: string) =>
    statement(
      `UPDATE ${table} SET customer_id = ? WHERE customer_id = ? AND ${key} IN ${rowsOf(table)}`,
      ...[mergedId, survivorId, id],
    );
  const filled: unknown = JSON.parse(merge.filled);
  const emptied = fillable.filter((field) => Array.isArray(filled) && filled.includes(field));
  return [
    back('customer_keys', keyPair),
    statement('DELETE FROM former_emails WHERE merge_id = ? AND customer_id = ?', id, survivorId),
    back('former_emails', 'email'),
    statement('UPDATE customers SET email = ?, withdrawn_at = NULL WHERE id = ?', merge.email, mergedId),
    ...emptied.map((field) =>
      statement(
        `UPDATE customers SET ${columns[field]} = NULL WHERE id = ?
         AND ${columns[field]} = (SELECT ${columns[field]} FROM customers WHERE id = ?)`,
        ...[survivorId, mergedId],
      ),
    ),
    statement(
      `DELETE FROM profile_answers WHERE customer_id = ? AND question IN ${rowsOf('profile_answers')}
       AND answer IS (SELECT answer FROM profile_answers AS own WHERE own.customer_id = ? AND own.question = profile_answers.question)`,
      ...[survivorId, id, mergedId],
    ),
    statement(
      `UPDATE memberships SET until = ? WHERE customer_id = ? AND until IS NULL AND account_id IN ${rowsOf('new_memberships')}`,
      ...[now, survivorId, id],
    ),
    statement(
      `UPDATE memberships SET until = NULL WHERE customer_id = ? AND account_id IN ${rowsOf('memberships')}`,
      ...[mergedId, id],
    ),
    restoreConsent(merge, { now, actor }),
    statement(
      `UPDATE feedback SET customer_id = ?, account_id = CASE WHEN root_id = ? THEN ? ELSE account_id END,
       root_id = CASE WHEN root_id = ? THEN ? ELSE root_id END WHERE customer_id = ? AND id IN ${rowsOf('feedback')}`,
      ...[mergedId, survivorRootId, mergedRootId ?? survivorRootId, survivorRootId],
      ...[mergedRootId ?? survivorRootId, survivorId, id],
    ),
  ];
}

/** What the survivor had said themselves holds again, where only the merge had changed it. */
function restoreConsent(
  { survivorId, at }: KeptMerge,
  { now, actor }: { now: number; actor: string },
): Statement {
  const newest = `(SELECT max(id) FROM consents WHERE customer_id = ? AND kind = 'news')`;
  const before = `(SELECT max(id) FROM consents WHERE customer_id = ? AND kind = 'news' AND at < ?)`;
  return statement(
    `INSERT INTO consents (id, customer_id, kind, is_given, version, source, basis, at, actor)
     SELECT ?, ?, kind, coalesce((SELECT is_given FROM consents WHERE id = ${before}), 0), version, source,
       (SELECT basis FROM consents WHERE id = ${before}), ?, ?
     FROM consents WHERE id = ${newest} AND at = ?
       AND is_given <> coalesce((SELECT is_given FROM consents WHERE id = ${before}), 0)`,
    ...[newId(), survivorId, survivorId, at, survivorId, at, now, actor, survivorId, at, survivorId, at],
  );
}

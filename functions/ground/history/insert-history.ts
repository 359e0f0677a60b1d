import { insertInto, statement } from '../../../db/query.ts';
import { history } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { exactJson } from '../platform/exact-json.ts';
import type { HistoryKind } from './history-kind.ts';

const insertHistoryRow = insertInto(history);

/** What the history of an account tells: ids, codes and amounts in the detail, no personal data. */
export interface HistoryLine {
  kind: HistoryKind;
  detail?: Record<string, unknown>;
}

/** Where a line stands: behind the newest one that was seen, under the programme in force then. */
export interface HistoryPlace {
  seq: number;
  /** 0 before any programme was set. */
  revision: number;
}

/** Whose account it is, who did it and when, in epoch milliseconds. */
export interface HistoryAbout {
  /** A root account. */
  rootId: string;
  actor: string;
  at: number;
  orderId?: string | null;
}

/**
 * A line at its place. It is the account's optimistic lock: when somebody else has taken the place meanwhile, the batch is
 * refused. Written beside what moves the account's `history_seq` to it.
 */
export function insertHistory(
  { kind, detail = {} }: HistoryLine,
  { rootId, actor, at, orderId }: HistoryAbout,
  { seq, revision }: HistoryPlace,
): Statement {
  return insertHistoryRow({
    accountId: rootId,
    seq,
    at,
    kind,
    actor,
    orderId,
    detail: exactJson(detail),
    programmeRevision: revision,
  });
}

/** Moves an account's `history_seq` to a line that was written at its place. */
export function moveHistory(rootId: string, seq: number): Statement {
  return statement('UPDATE accounts SET history_seq = ? WHERE id = ?', seq, rootId);
}

/** A line that takes the next place in the history whatever that is, and the account's move to it. */
export function appendHistory(
  { kind, detail = {} }: HistoryLine,
  { rootId, actor, at }: HistoryAbout,
): Statement[] {
  return [
    statement(
      `INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
       SELECT id, history_seq + 1, ?, ?, ?, ?, (SELECT coalesce(max(revision), 0) FROM programmes)
       FROM accounts WHERE id = ?`,
      at,
      kind,
      actor,
      exactJson(detail),
      rootId,
    ),
    statement('UPDATE accounts SET history_seq = history_seq + 1 WHERE id = ?', rootId),
  ];
}

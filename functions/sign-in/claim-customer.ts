import { insertInto, statement } from '../../db/query.ts';
import { customers, memberships } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { insertAccount, insertHistory } from '../accounts/statements.ts';
import { newCode, newId } from '../platform/ids.ts';
import type { Owner } from './queries.ts';

const insertCustomer = insertInto(customers);
const insertMembership = insertInto(memberships, 'ON CONFLICT DO NOTHING');

/** What a proven email is told about: who is known by it, and the terms of the write. */
export interface Proof {
  email: string;
  known: Owner | undefined;
  /** What they want to be called; null leaves the name that orders told. */
  name?: string | null;
  language: string | null;
  /** Who is written down to have done it, when it is not the customer. */
  actor?: string;
  /** The programme in force. */
  revision: number;
  now: number;
}

/** Whether somebody joined and has not left: only they are signed in. */
export function isMember(known: Owner | undefined): known is Owner {
  return known !== undefined && known.claimedAt !== null && known.closedAt === null;
}

export interface Claim {
  customerId: string;
  /** Their own account; null for a member of others' alone. */
  accountId: string | null;
  statements: Statement[];
}

/** Whom a proof makes a claimed customer with an own account, and how; nothing when they are one. */
export function claimCustomer(proof: Proof): Claim {
  const { known } = proof;
  if (known === undefined) return newCustomer(proof);
  const isIn = Number(known.isMember) === 1;
  const hasAccount = known.accountId !== null || isIn;
  const accountId = hasAccount ? known.accountId : newId();
  const isComplete =
    known.claimedAt !== null && known.withdrawnAt === null && known.closedAt === null && hasAccount;
  return {
    customerId: known.id,
    accountId,
    statements: isComplete ? [] : claimKnown(known, accountId, proof),
  };
}

/** An address that somebody proves is no longer that of who had it before. */
export const forgetFormer = (email: string): Statement =>
  statement('DELETE FROM former_emails WHERE email = ?', email);

function newCustomer(proof: Proof): Claim {
  const { email, name = null, language, now } = proof;
  const [id, accountId] = [newId(), newId()];
  const row = { id, email, name, language, memberNumber: newCode(2), claimedAt: now, createdAt: now };
  return {
    customerId: id,
    accountId,
    statements: [insertCustomer(row), forgetFormer(email), ...newOwnAccount(id, accountId, proof)],
  };
}

function claimKnown(known: Owner, accountId: string | null, proof: Proof): Statement[] {
  const { now, name = null, language } = proof;
  const claim = statement(
    `UPDATE customers SET claimed_at = coalesce(claimed_at, ?), member_number = coalesce(member_number, ?),
     name = coalesce(?, name), language = coalesce(language, ?), withdrawn_at = NULL, closed_at = NULL WHERE id = ?`,
    now,
    newCode(2),
    name,
    language,
    known.id,
  );
  if (known.accountId === null)
    return accountId === null ? [claim] : [claim, ...newOwnAccount(known.id, accountId, proof)];
  const seq = (known.historySeq ?? 0) + 1;
  return [
    claim,
    historyRow({ accountId: known.accountId, seq, customerId: known.id, kind: 'claimed' }, proof),
    statement(
      `UPDATE accounts SET history_seq = ?, signed_up_at = coalesce(signed_up_at, ?), withdrawn_at = NULL
       WHERE id = ?`,
      seq,
      now,
      known.accountId,
    ),
  ];
}

function newOwnAccount(customerId: string, accountId: string, proof: Proof): Statement[] {
  const { now, revision } = proof;
  return [
    insertAccount(
      { id: accountId, kind: 'personal', name: '', ownerId: customerId, signedUpAt: now },
      { revision, now, historySeq: 1 },
    ),
    insertMembership({ accountId, customerId, since: now }),
    historyRow({ accountId, seq: 1, customerId, kind: 'claimed' }, proof),
  ];
}

/** A history row about the customer themselves; it is the optimistic lock of their own account. */
export function historyRow(
  row: {
    accountId: string;
    seq: number;
    customerId: string;
    kind: 'claimed' | 'email_changed' | 'email_change_undone' | 'left';
  },
  { revision, now, actor }: Pick<Proof, 'revision' | 'now' | 'actor'>,
): Statement {
  return insertHistory({
    accountId: row.accountId,
    seq: row.seq,
    at: now,
    kind: row.kind,
    actor: actor ?? `customer:${row.customerId}`,
    detail: '{}',
    programmeRevision: revision,
  });
}

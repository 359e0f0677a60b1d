import { insertInto, statement } from '../../../db/query.ts';
import { customers, memberships } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import {
  type Decision,
  type OtherHistory,
  type Unchanged,
  unchanged,
} from '../../ground/decision/decision.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { insertAccount } from '../../money/accounts/open-account.ts';
import type { Owner } from './find-owner.ts';

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
  decision: Decision | Unchanged;
}

/** Whom a proof makes a claimed customer with an own account, and how; nothing when they are one. */
export function claimCustomer(proof: Proof): Claim {
  const { known } = proof;
  if (known === undefined) return newCustomer(proof);
  const isIn = known.isMember;
  const hasAccount = known.accountId !== null || isIn;
  const accountId = hasAccount ? known.accountId : newId();
  const isComplete =
    known.claimedAt !== null && known.withdrawnAt === null && known.closedAt === null && hasAccount;
  return {
    customerId: known.id,
    accountId,
    decision: isComplete ? unchanged : claimKnown(known, accountId, proof),
  };
}

/** An address that somebody proves is no longer that of who had it before; one that was merged into another stays theirs. */
export const forgetFormer = (email: string): Statement =>
  statement('DELETE FROM former_emails WHERE email = ? AND merge_id IS NULL', email);

function newCustomer(proof: Proof): Claim {
  const { email, name = null, language, now } = proof;
  const [id, accountId] = [newId(), newId()];
  const row = { id, email, name, language, memberNumber: newCode(2), claimedAt: now, createdAt: now };
  return {
    customerId: id,
    accountId,
    decision: {
      rows: [insertCustomer(row), forgetFormer(email)],
      also: [openOwnAccount(id, accountId, proof)],
    },
  };
}

function claimKnown(known: Owner, accountId: string | null, proof: Proof): Decision {
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
    return accountId === null
      ? { rows: [claim, ...claimInOthers(known.id, proof)] }
      : { rows: [claim], also: [openOwnAccount(known.id, accountId, proof)] };
  const seq = (known.historySeq ?? 0) + 1;
  const signUp = statement(
    `UPDATE accounts SET history_seq = ?, signed_up_at = coalesce(signed_up_at, ?), withdrawn_at = NULL
     WHERE id = ?`,
    seq,
    now,
    known.accountId,
  );
  return { rows: [claim, signUp], histories: [claimLine(known.id, known.accountId, { ...proof, seq })] };
}

/** Who has no account of their own claims in the history of those they belong to; each takes its next place there. */
function claimInOthers(customerId: string, { now, revision, actor }: Proof): Statement[] {
  const theirs = `(SELECT a.root_id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
    WHERE m.customer_id = ? AND m.until IS NULL)`;
  return [
    statement(
      `INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
       SELECT id, history_seq + 1, ?, 'claimed', ?, ?, ? FROM accounts WHERE id IN ${theirs}`,
      now,
      actor ?? `customer:${customerId}`,
      JSON.stringify({ customerId }),
      revision,
      customerId,
    ),
    statement(`UPDATE accounts SET history_seq = history_seq + 1 WHERE id IN ${theirs}`, customerId),
  ];
}

function openOwnAccount(customerId: string, accountId: string, proof: Proof): Decision {
  const { now, revision } = proof;
  return {
    rows: [
      insertAccount(
        { id: accountId, kind: 'personal', name: '', ownerId: customerId, signedUpAt: now },
        { revision, now, historySeq: 1 },
      ),
      insertMembership({ accountId, customerId, since: now }),
    ],
    histories: [claimLine(customerId, accountId, { ...proof, seq: 1 })],
  };
}

/** The line of the history that is the lock of the customer's own account. */
function claimLine(
  customerId: string,
  rootId: string,
  { seq, revision, actor = `customer:${customerId}` }: Proof & { seq: number },
): OtherHistory {
  return { kind: 'claimed', rootId, actor, place: { seq, revision, isMovedByRows: true } };
}

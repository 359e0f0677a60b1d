import { insertInto } from '../../../db/query.ts';
import { accounts } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';

const insertAccountRow = insertInto(accounts);

/** A new account as far as it differs from others; a root account has itself as `rootId`, which may be left out. */
export interface NewAccount {
  id: string;
  rootId?: string;
  kind: 'personal' | 'shared' | 'department';
  name: string;
  form?: 'household' | 'company';
  ownerId?: string | null;
  signedUpAt?: number;
}

/** A new account with an empty ledger; its history has `historySeq` rows, written beside it. */
export function insertAccount(
  account: NewAccount,
  { revision, now, historySeq = 0 }: { revision: number; now: number; historySeq?: number },
): Statement {
  return insertAccountRow({
    rootId: account.id,
    ...account,
    historySeq,
    ledgerSeq: 0,
    ledgerHash: '',
    balanceMinor: 0n,
    settledRevision: revision,
    createdAt: now,
  });
}

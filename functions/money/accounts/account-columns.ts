import { sql } from 'drizzle-orm';
import { readFlag } from '../../../db/schema/columns.ts';
import { accounts, customers, periodTotals } from '../../../db/schema/index.ts';
import { spansKnown } from './segment-spans.ts';

/** The columns every change of a root account starts from. */
export const rootColumns = {
  id: accounts.id,
  rootId: accounts.rootId,
  kind: accounts.kind,
  name: accounts.name,
  firstPlacedAt: accounts.firstPlacedAt,
  signedUpAt: accounts.signedUpAt,
  historySeq: accounts.historySeq,
  ledgerSeq: accounts.ledgerSeq,
  ledgerHash: accounts.ledgerHash,
  balanceMinor: accounts.balanceMinor,
  settledRevision: accounts.settledRevision,
  clubSpans: accounts.clubSpans,
  segmentSpans: spansKnown,
  withdrawnAt: accounts.withdrawnAt,
};

export const customerColumns = {
  customerId: customers.id,
  email: customers.email,
  customerName: customers.name,
  claimedAt: customers.claimedAt,
  language: customers.language,
  customerWithdrawnAt: customers.withdrawnAt,
};

/** Values of a JSON array bound to one placeholder. */
export const listed = (placeholder: string) =>
  sql`(SELECT value FROM json_each(${sql.placeholder(placeholder)}))`;

/** A lot that is over by now, with something left of it. */
export const isDueNow = sql`remaining_minor > 0 AND expires_at IS NOT NULL AND expires_at <= ${sql.placeholder('now')}`;

/** A customer's own account with what a change of it starts from. */
export const ownColumns = {
  own: rootColumns,
  isMember:
    sql`EXISTS (SELECT 1 FROM memberships WHERE account_id = ${accounts.id} AND customer_id = ${customers.id})`.mapWith(
      readFlag,
    ),
  /** Whether it has a lot that is over by now. Mostly no account has one, which the index of those that end tells at once. */
  hasDueLots: sql`CASE WHEN EXISTS (SELECT 1 FROM lots WHERE ${isDueNow})
    THEN EXISTS (SELECT 1 FROM lots WHERE account_id = ${accounts.id} AND ${isDueNow}) ELSE 0 END`.mapWith(
    readFlag,
  ),
};

export const totalColumns = {
  rootId: periodTotals.rootId,
  ruleId: periodTotals.ruleId,
  version: periodTotals.version,
  periodStart: periodTotals.periodStart,
  periodEnd: periodTotals.periodEnd,
  spendMinor: periodTotals.spendMinor,
  settledMinor: periodTotals.settledMinor,
  postedMinor: periodTotals.postedMinor,
};

/** Root accounts of companies and households by name. */
export const sharedRoots = sql`(SELECT id FROM accounts WHERE kind = 'shared' AND name IN ${listed('names')})`;

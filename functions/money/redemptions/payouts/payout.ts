import { allow } from '../../../ground/platform/allow.ts';
import type { Actor, Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { findPayout, listSteps, type PayoutRow } from './queries.ts';
import { type PayoutKind, type PayoutState, type StepKind, stateAfter } from './steps.ts';

/** Credit that was redeemed as a payout or a donation, and what became of it. Instants are epoch milliseconds. */
export interface Payout {
  id: string;
  kind: PayoutKind;
  amount: { minor: bigint; currency: string };
  /** Where it goes, in the words of who asked: the cause, or the account at the bank, which analysts are not told. */
  reference: string | null;
  at: number;
  accountId: string;
  person: {
    customerId: string | null;
    name: string;
    email: string | null;
    memberNumber: string | null;
  };
  state: PayoutState;
  /** How many steps were taken: who acts on it says which they saw. */
  steps: number;
  paid: { at: number; by: string; reference: string | null } | null;
  returned: { at: number; by: string; reason: string | null } | null;
}

export interface PayoutStep {
  kind: StepKind;
  at: number;
  by: string;
  reference: string | null;
}

/** A payout as who asks may see it. */
export function toPayout(row: PayoutRow, actor: Actor): Payout {
  const { last, lastAt, lastReference, customerId, customerName, customerEmail } = row;
  const isPrivate = mayReadPrivate(actor);
  const done = { at: lastAt ?? 0, by: nameOf(row.lastBy, row.lastActor) };
  const name = customerName ?? customerEmail ?? row.accountName;
  return {
    id: row.id,
    kind: row.kind,
    amount: { minor: row.amountMinor, currency: row.currency },
    reference: isPrivate || row.kind === 'donation' ? row.reference : null,
    at: row.at,
    accountId: row.accountId,
    person: { customerId, name, email: customerEmail, memberNumber: row.memberNumber },
    state: stateAfter(last),
    steps: row.steps,
    paid: last === 'paid' ? { ...done, reference: lastReference } : null,
    returned: last === 'returned' ? { ...done, reason: isPrivate ? row.returnReason : null } : null,
  };
}

/** Of who is no longer on the team, of a key or a command: what was written down. */
const nameOf = (name: string | null, actor: string | null): string => name ?? actor ?? '';

/** One with all that happened to it. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getPayout(
  ctx: Context,
  { id }: { id: string },
): Promise<Payout & { history: PayoutStep[] }> {
  allow(ctx.actor, 'redemptions:read');
  const [row, steps] = await Promise.all([findPayout(ctx.db.fresh, { id }), listSteps(ctx.db.fresh, { id })]);
  if (row === null) throw noPayout();
  const history = steps.map(({ kind, at, reference, by, actor }) => ({
    kind,
    at,
    reference,
    by: nameOf(by, actor),
  }));
  return { ...toPayout(row, ctx.actor), history };
}

export const noPayout = () => new AppError('not_found', 'There is no such payout or donation.');

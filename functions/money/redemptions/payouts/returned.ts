import type { Decision } from '../../../ground/decision/decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { nextStep, payoutKinds } from './steps.ts';

/** What a redemption is known by when it is taken back. */
interface Returned {
  id: string;
  kind: string;
  amountMinor: bigint;
  currency: string;
  reference: string | null;
  /** Who is told; null when nobody is known. */
  personId: string | null;
  steps: number;
}

/** What goes with a reversal of a payout or donation: its last step, and the mail that tells why. Nothing for other kinds. */
export function returning(ctx: Context, redemption: Returned, reason: string | null): Decision {
  const { id, personId, steps } = redemption;
  const kind = payoutKinds.find((known) => known === redemption.kind);
  if (kind === undefined) return {};
  const params = {
    kind,
    amount: { minor: redemption.amountMinor, currency: redemption.currency },
    cause: kind === 'donation' ? redemption.reference : null,
    reason,
  };
  return {
    rows: [nextStep(ctx, { redemptionId: id, steps, kind: 'returned' })],
    letters: personId === null ? [] : [{ template: 'payout_returned', params, customerId: personId }],
    audit: { kind: 'redemption.returned', subjectKind: 'redemption', subjectId: id },
  };
}

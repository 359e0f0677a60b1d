import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { isMember } from '../sign-in/claim-customer.ts';
import { findOwnerByEmail } from '../sign-in/find-owner.ts';
import { findUndoable } from '../sign-in/undo-email-change.ts';
import { type Admission, admissionOf } from './admission.ts';
import { registration } from './policies.ts';
import { factsOf, readApplicant } from './read-applicant.ts';

/** Where somebody stands who proved an email and has not joined. */
export interface Joining {
  admission: Admission;
  /** Let in meanwhile: there is nothing left to say or to agree to. */
  isMember: boolean;
  /** As orders or an earlier membership tell it. */
  name: string | null;
  /** Staff's own words; null unless declined. */
  reason: string | null;
  askedAt: number | null;
  /** Whether an account gave up this address lately, and whoever proves it may take that back. */
  wasChangedAway: boolean;
}

/** For the page of the last step; whose email it is was proven by the session. */
export async function getJoining(ctx: Context, { email }: { email: string }): Promise<Joining> {
  const now = ctx.now();
  const [business, [known], written, changedAway] = await Promise.all([
    getBusiness(ctx),
    findOwnerByEmail(ctx.db.fresh, { email }),
    readApplicant(ctx.db.fresh, { email, now }),
    findUndoable(ctx, email),
  ]);
  const admission = admissionOf(policyOf(business, registration), factsOf(known, written));
  const { request } = written;
  return {
    admission,
    isMember: isMember(known),
    name: known?.name ?? null,
    reason: admission === 'declined' ? (request?.reason ?? null) : null,
    askedAt: request?.askedAt ?? null,
    wasChangedAway: changedAway !== null,
  };
}

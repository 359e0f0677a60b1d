import type { Store } from '../../../db/store.ts';
import type { Owner } from '../sign-in/find-owner.ts';
import type { Applicant } from './admission.ts';
import { findRequestOf, type JoinRequest } from './find-request.ts';
import { type Invitation, listInvitationsTo } from './list-invitations.ts';
import { findOrderer } from './queries.ts';

/** What was written down about an email that wants to join. */
export interface KeptApplicant {
  /** Open ones. */
  invitations: Invitation[];
  request: JoinRequest | undefined;
  hasOrdered: boolean;
}

export async function readApplicant(
  db: Store,
  { email, now }: { email: string; now: number },
): Promise<KeptApplicant> {
  const [invitations, [request], [orderer]] = await Promise.all([
    listInvitationsTo(db, { email, now }),
    findRequestOf(db, { email }),
    findOrderer(db, { email }),
  ]);
  return { invitations, request, hasOrdered: orderer !== undefined };
}

/** Known is who has ordered or was a member before; somebody else's word about them is none. */
export function factsOf(
  known: Owner | undefined,
  { invitations, request, hasOrdered }: KeptApplicant,
): Applicant {
  const isByMember = ({ createdBy }: Invitation) => createdBy.startsWith('customer:');
  return {
    isKnown: hasOrdered || (known !== undefined && known.memberNumber !== null),
    invitedBy: invitations.length === 0 ? 'nobody' : invitations.every(isByMember) ? 'member' : 'staff',
    request: request === undefined ? 'none' : (request.outcome ?? 'waiting'),
  };
}

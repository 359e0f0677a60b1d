import type { Store } from '../../db/store.ts';
import type { Owner } from '../sign-in/queries.ts';
import type { Applicant } from './admission.ts';
import {
  findOrderer,
  findRequestOf,
  type Invitation,
  type JoinRequest,
  listInvitationsTo,
} from './queries.ts';

/** What was written down about an email that wants to join. */
export interface Written {
  /** Open ones. */
  invitations: Invitation[];
  request: JoinRequest | undefined;
  hasOrdered: boolean;
}

export async function readApplicant(
  db: Store,
  { email, now }: { email: string; now: number },
): Promise<Written> {
  const [invitations, [request], [orderer]] = await Promise.all([
    listInvitationsTo(db, { email, now }),
    findRequestOf(db, { email }),
    findOrderer(db, { email }),
  ]);
  return { invitations, request, hasOrdered: orderer !== undefined };
}

/** Known is who has ordered or was a member before; somebody else's word about them is none. */
export function factsOf(known: Owner | undefined, { invitations, request, hasOrdered }: Written): Applicant {
  const isByMember = ({ createdBy }: Invitation) => createdBy.startsWith('customer:');
  return {
    isKnown: hasOrdered || (known !== undefined && known.memberNumber !== null),
    invitedBy: invitations.length === 0 ? 'nobody' : invitations.every(isByMember) ? 'member' : 'staff',
    request: request === undefined ? 'none' : (request.outcome ?? 'waiting'),
  };
}

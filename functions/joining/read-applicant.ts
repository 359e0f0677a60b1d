import type { Store } from '../../db/store.ts';
import type { Owner } from '../sign-in/queries.ts';
import type { Applicant } from './admission.ts';
import { findRequestOf, type Invitation, type JoinRequest, listInvitationsTo } from './queries.ts';

/** What was written down about an email that wants to join. */
export interface Written {
  /** Open ones. */
  invitations: Invitation[];
  request: JoinRequest | undefined;
}

export async function readApplicant(
  db: Store,
  { email, now }: { email: string; now: number },
): Promise<Written> {
  const [invitations, [request]] = await Promise.all([
    listInvitationsTo(db, { email, now }),
    findRequestOf(db, { email }),
  ]);
  return { invitations, request };
}

/** Somebody whose only order was withdrawn with its import is not known by it. */
export function factsOf(known: Owner | undefined, { invitations, request }: Written): Applicant {
  const isByMember = ({ createdBy }: Invitation) => createdBy.startsWith('customer:');
  return {
    isKnown: known !== undefined && known.withdrawnAt === null,
    invitedBy: invitations.length === 0 ? 'nobody' : invitations.every(isByMember) ? 'member' : 'staff',
    request: request === undefined ? 'none' : (request.outcome ?? 'waiting'),
  };
}

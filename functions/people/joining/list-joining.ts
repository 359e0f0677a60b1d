import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { type JoinRequest, listWaitingRequests } from './find-request.ts';
import { type Invitation, listPortalInvitations } from './list-invitations.ts';
import { type Registration, registration } from './policies.ts';
import { listDecidedRequests } from './queries.ts';

/** What staff see of joining. */
export interface JoiningDesk {
  registration: Registration;
  /** Oldest first, up to a hundred. */
  waiting: JoinRequest[];
  decided: JoinRequest[];
  /** Open ones to the portal alone. */
  invitations: Invitation[];
}

/** Who asks to be let in, and who was invited. @throws {AppError} `forbidden`, `scope_missing` */
export async function listJoining(ctx: Context): Promise<JoiningDesk> {
  allow(ctx.actor, 'customers:read');
  const [business, waiting, decided, invitations] = await Promise.all([
    getBusiness(ctx),
    listWaitingRequests(ctx.db),
    listDecidedRequests(ctx.db),
    listPortalInvitations(ctx.db, { now: ctx.now() }),
  ]);
  return { registration: policyOf(business, registration), waiting, decided, invitations };
}

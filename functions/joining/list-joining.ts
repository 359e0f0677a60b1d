import { getBusiness } from '../business/business.ts';
import { type PolicyValues, policyOf } from '../business/policies.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import {
  type Invitation,
  type JoinRequest,
  listDecidedRequests,
  listPortalInvitations,
  listWaitingRequests,
} from './queries.ts';

/** What staff see of joining. */
export interface JoiningDesk {
  registration: PolicyValues['registration'];
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
  return { registration: policyOf(business, 'registration'), waiting, decided, invitations };
}

import type { Context } from '../../ground/platform/context.ts';
import { challengeIdOf } from '../sign-in/challenge.ts';
import { findInvitation } from './list-invitations.ts';

/** What the page of an invitation shows to whoever has its link; the link alone opens nothing. */
export interface OpenInvitation {
  id: string;
  email: string;
  /** The company or household; null for the portal alone. */
  accountName: string | null;
  expiresAt: number;
}

/** The invitation of a link's token; null when it is over, or the token none of ours. */
export async function findOpenInvitation(
  ctx: Context,
  { token }: { token: string },
): Promise<OpenInvitation | null> {
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null) return null;
  const [open] = await findInvitation(ctx.db.fresh, { id, now: ctx.now() });
  if (open === undefined) return null;
  const { email, accountName, expiresAt } = open;
  return { id, email, accountName, expiresAt };
}

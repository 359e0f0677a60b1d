import { sessionCookie } from '../../functions/ground/http/cookies.ts';
import { challengeOver } from '../../functions/people/sign-in/refusals.ts';
import { proveFactor } from '../../functions/people/staff/factor/prove-factor.ts';
import { setUpFactor } from '../../functions/people/staff/factor/set-up-factor.ts';
import type { Asking } from './sign-in.ts';

/** Sets up the second factor of whoever works for the business and is signed in. */
export async function setUpInBrowser(visit: Asking, given: { sealed: string; code: string }) {
  const { paperCodes, ...session } = await setUpFactor(visit.ctx, { entrant: entrantOf(visit), ...given });
  return { paperCodes, cookies: [sessionCookie(visit.ctx.config, session)] };
}

export async function proveInBrowser(visit: Asking, { code }: { code: string }) {
  const session = await proveFactor(visit.ctx, { entrant: entrantOf(visit), code });
  return { cookies: [sessionCookie(visit.ctx.config, session)] };
}

function entrantOf({ asker: { member, sessionToken } }: Asking) {
  if (member === null) throw challengeOver();
  return { ...member, sessionToken: sessionToken ?? '' };
}

import { sessionCookie } from '../../functions/ground/http/cookies.ts';
import { challengeOver } from '../../functions/people/sign-in/refusals.ts';
import { proveByPasskey } from '../../functions/people/staff/factor/prove-by-passkey.ts';
import { proveFactor } from '../../functions/people/staff/factor/prove-factor.ts';
import { setUpFactor } from '../../functions/people/staff/factor/set-up-factor.ts';
import type { Visit } from '../visit.ts';
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

/** Proves again who acts, by a code or by what a passkey answered; from here on the visit acts as proven. */
export async function proveAgain(
  visit: Visit,
  { code, ...sent }: { code: string; challengeId: string; answer: string },
): Promise<void> {
  const { ctx, asker, staff } = visit;
  const entrant = entrantOf(visit);
  const { browserToken } = asker;
  if (sent.answer === '') await proveFactor(ctx, { entrant, code, isAgain: true });
  else await proveByPasskey(ctx, { entrant, ...sent, browserToken });
  const provenAt = ctx.now();
  if (staff !== null) staff.provenAt = provenAt;
  if (ctx.actor.kind === 'staff') visit.ctx = { ...ctx, actor: { ...ctx.actor, provenAt } };
}

function entrantOf({ asker: { member, sessionToken } }: Asking) {
  if (member === null) throw challengeOver();
  return { ...member, sessionToken: sessionToken ?? '' };
}

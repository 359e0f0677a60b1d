import { isConflictOn, type Statement } from '../../db/store.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { recordAct } from '../audit/record-act.ts';
import { findRevision } from '../business/queries.ts';
import { liftBounce } from '../mail/lift-suppression.ts';
import type { Context } from '../platform/context.ts';
import { newToken } from '../platform/ids.ts';
import type { Challenge } from './challenge.ts';
import { claimCustomer, forgetFormer, isMember } from './claim-customer.ts';
import { knownTokenOf } from './known-browser.ts';
import { findActiveStaff, findOwnerByEmail } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { endSession, spendOnSession, spentRule } from './session-statements.ts';
import { type SessionKind, sessionTerms } from './session-terms.ts';

export interface SignedIn {
  /** For the cookie alone; only its hash is kept. */
  token: string;
  kind: SessionKind;
  subjectId: string;
  max_age_s: number;
  /** By which the browser is known again when it asks for the same address; see `known-browser.ts`. */
  knownToken: string;
}

/** A proof that was accepted. */
export interface Proven {
  challenge: Challenge;
  userAgent: string;
  /** The language a customer starts with who has none. */
  language: string | null;
  /** The session that the browser gives up for the new one. */
  sessionToken: string | null;
}

/**
 * Turns a proven challenge into a session. Whoever has not joined yet gets one of kind `joining`, which opens nothing
 * but the last step of joining: see `functions/joining/finish-joining.ts`.
 * @throws {AppError} `challenge_expired` when it was used up meanwhile
 */
export async function openSession(ctx: Context, proven: Proven): Promise<SignedIn> {
  const { challenge } = proven;
  const signedIn = await changeAccount(ctx, `email:${challenge.email}`, () =>
    challenge.purpose === 'staff' ? openForStaff(ctx, proven) : openForCustomer(ctx, proven),
  );
  ctx.log.info('Signed in {kind} {subjectId}', { kind: signedIn.kind, subjectId: signedIn.subjectId });
  return signedIn;
}

async function openForCustomer(ctx: Context, proven: Proven): Promise<SignedIn> {
  const { email } = proven.challenge;
  const db = ctx.db.fresh;
  const [[known], [programme]] = await Promise.all([findOwnerByEmail(db, { email }), findRevision(db)]);
  if (!isMember(known))
    return open(ctx, proven, {
      kind: 'joining',
      subjectId: proven.challenge.id,
      statements: [forgetFormer(email)],
    });
  const { customerId, statements } = claimCustomer({
    email,
    known,
    language: proven.language,
    revision: programme?.revision ?? 0,
    now: ctx.now(),
  });
  return open(ctx, proven, { kind: 'customer', subjectId: customerId, statements });
}

async function openForStaff(ctx: Context, proven: Proven): Promise<SignedIn> {
  const [member] = await findActiveStaff(ctx.db.fresh, { id: proven.challenge.subjectId });
  if (member === undefined) throw challengeOver();
  const actor = { kind: 'staff', id: member.id, role: member.role } as const;
  const act = { act: 'staff.mail-proven', subjectKind: 'staff', subjectId: member.id };
  return open(ctx, proven, {
    kind: 'staff',
    subjectId: member.id,
    statements: [recordAct({ actor, now: ctx.now }, act)],
  });
}

async function open(
  ctx: Context,
  { challenge, userAgent, sessionToken }: Proven,
  to: { kind: SessionKind; subjectId: string; statements: Statement[] },
): Promise<SignedIn> {
  const { kind, subjectId } = to;
  const token = newToken();
  const spent = spendOnSession(challenge, { token, kind, subjectId, userAgent, now: ctx.now() });
  try {
    const lifted = liftBounce(challenge.email, `${kind}:${subjectId}`, ctx.now());
    const given = sessionToken === null ? [] : [endSession(sessionToken)];
    await ctx.db.write([...spent, ...to.statements, ...given, lifted]);
  } catch (error) {
    throw isConflictOn(error, spentRule) ? challengeOver() : error;
  }
  const knownToken = knownTokenOf(ctx.config.secret, challenge.email);
  return { token, kind, subjectId, max_age_s: sessionTerms[kind].absolute_ms / 1000, knownToken };
}

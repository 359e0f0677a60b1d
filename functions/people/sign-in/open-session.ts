import { isConflictOn } from '../../../db/store.ts';
import { type Decision, isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { liftBounce } from '../../ground/outbox/lift-bounce.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newToken } from '../../ground/platform/ids.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import type { Challenge } from './challenge.ts';
import { claimCustomer, forgetFormer, isMember } from './claim-customer.ts';
import { endSession } from './end-sessions.ts';
import { findOwnerByEmail } from './find-owner.ts';
import { knownTokenOf } from './known-browser.ts';
import { isNewDevice, newDeviceLetter, type Whence } from './new-device.ts';
import { findActiveStaff, findEarlierSignIn } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { spendOnSession, spentRule } from './session-statements.ts';
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
export interface Proven extends Whence {
  challenge: Challenge;
  /** The language a customer starts with who has none. */
  language: string | null;
  /** The session that the browser gives up for the new one. */
  sessionToken: string | null;
}

/**
 * Turns a proven challenge into a session. Whoever has not joined yet gets one of kind `joining`, which opens nothing
 * but the last step of joining: see `functions/people/joining/finish-joining.ts`.
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
      decision: { rows: [forgetFormer(email)] },
    });
  const { customerId, decision } = claimCustomer({
    email,
    known,
    language: proven.language,
    revision: programme?.revision ?? 0,
    now: ctx.now(),
  });
  return open(ctx, proven, { kind: 'customer', subjectId: customerId, decision, wasHere: true });
}

async function openForStaff(ctx: Context, proven: Proven): Promise<SignedIn> {
  const [member] = await findActiveStaff(ctx.db.fresh, { id: proven.challenge.subjectId });
  if (member === undefined) throw challengeOver();
  const actor = { kind: 'staff', id: member.id, role: member.role } as const;
  const decision: Decision = {
    audit: { kind: 'staff.mail-proven', subjectKind: 'staff', subjectId: member.id },
  };
  const wasHere = (await findEarlierSignIn(ctx.db.fresh, { id: member.id })) !== null;
  return open({ ...ctx, actor }, proven, { kind: 'staff', subjectId: member.id, decision, wasHere });
}

async function open(
  ctx: Context,
  { challenge, sessionToken, ...whence }: Proven,
  to: { kind: SessionKind; subjectId: string; decision: Decision | Unchanged; wasHere?: boolean },
): Promise<SignedIn> {
  const { kind, subjectId, decision, wasHere = false } = to;
  const { userAgent } = whence;
  const token = newToken();
  const spent = spendOnSession(challenge, { token, kind, subjectId, userAgent, now: ctx.now() });
  try {
    const lifted = liftBounce(challenge.email, `${kind}:${subjectId}`, ctx.now());
    const ended = sessionToken === null ? [] : [endSession(sessionToken)];
    const also = isUnchanged(decision) ? [] : [decision];
    const isNew = kind !== 'joining' && wasHere && isNewDevice(ctx, challenge.email, whence);
    const letters = isNew
      ? [newDeviceLetter(ctx, { kind, id: subjectId, email: challenge.email }, whence)]
      : [];
    await writeDecision(ctx, { rows: [...spent, ...ended, lifted], letters, also });
    if (isNew) ctx.wakeMail('now');
  } catch (error) {
    throw isConflictOn(error, spentRule) ? challengeOver() : error;
  }
  const knownToken = knownTokenOf(ctx.config.secret, challenge.email);
  return { token, kind, subjectId, max_age_s: sessionTerms[kind].absolute_ms / 1000, knownToken };
}
